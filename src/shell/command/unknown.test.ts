import { describe, expect, it, vi } from 'vitest'
import { createShell } from '../shell.ts'
import { connect } from '../../testing/index.ts'

describe('an unknown name', () => {
  it('that is long is put into lower case as often in a shell of many commands as in one of few', () => {
    const long = '\u0416'.repeat(1000)
    const lowered = (commands: number): number => {
      const shell = createShell()
      for (let n = 0; n < commands; n++) shell.command(`group${n % 3} name${n}`, '', () => {})
      const user = connect(shell)
      const lower = vi.spyOn(String.prototype, 'toLowerCase')
      user.enter(long)
      const times = lower.mock.contexts.filter(text => String(text) === long).length
      lower.mockRestore()
      expect(user.output).toContain('Unknown command')
      return times
    }
    expect(lowered(100)).toBe(lowered(4))
  })
})
