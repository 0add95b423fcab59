import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

describe('the command line of the demo', () => {
  it.each([
    ['--telnet', 'abc'],
    ['--telnet', ''],
    ['--ssh', '70000'],
  ])('refuses a port as it was typed: %s %j', (option, typed) => {
    const { status, stderr } = spawnSync('node', ['dist/cli/main.js', option, typed], {
      encoding: 'utf8',
      timeout: 10_000,
    })
    expect(stderr).toBe(`The option ${option} cannot be '${typed}': it is a whole number from 0 to 65535.\n`)
    expect(status).toBe(1)
  })
})
