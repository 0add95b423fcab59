import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import { ScreenJudge } from '../../testing/screen.ts'
import { createShell } from '../shell.ts'

const shell = createShell({ prompt: '\x1b[32mR1\x1b[m is up\nR1> ' }).command('echo <text...>', '', ({ text }) =>
  text.join(' '),
)

/** What busybox telnet writes when it is asked to send keys. */
const ANNOUNCED = '\nEntering character mode\nEscape character is "^]".\n\n'

/** Returns a client in line mode that shows the prompt, and then begins to send keys. */
async function switched({ type = 'linux', announcesMode = true, typed = '' } = {}) {
  const user = connect(shell, { terminal: { input: 'line', type, announcesMode } }).type(typed)
  await user.settled()
  const judge = await ScreenJudge.create(80, 24)
  judge.write(user.connection.output + (announcesMode ? ANNOUNCED : ''))
  user.connection.output = ''
  user.connection.change({ input: 'character' })
  await user.settled()
  return { user, shot: () => (judge.write(user.connection.output), judge.shot()) }
}

describe('a client that says below the prompt that character mode begins', () => {
  it.each(['linux', 'dumb'])('is shown the row of the cursor once more: %s', async type => {
    const { user, shot } = await switched({ type })
    const [, , ...rows] = (await shot()).rows
    expect(rows).toEqual(['Entering character mode', 'Escape character is "^]".', '', 'R1> '])
    user.connection.output = ''
    await user.type('echo xo').press('Left', 'Left', 'Delete', 'Enter').settled()
    const after = await shot()
    expect(after.rows.slice(5).map(row => row.trimEnd())).toEqual(['R1> echo o', 'o', 'R1 is up', 'R1>'])
    expect(after.cursor).toEqual({ row: 8, column: 4 })
  })

  it('is shown nothing where something has been typed', async () => {
    const { user } = await switched({ typed: 'ec' })
    expect(user.connection.output).not.toContain('R1')
  })

  it('any other is written nothing: a program would read two prompts', async () => {
    const { user } = await switched({ announcesMode: false })
    expect(user.connection.output).toBe('')
  })
})
