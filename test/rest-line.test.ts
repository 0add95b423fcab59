import { afterEach, describe, expect, it } from 'vitest'
import { createShell } from '../src/shell/shell.ts'
import { LOCAL } from './limits/local.ts'
import { MEMORY } from './limits/memory.ts'
import { SSH } from './limits/ssh.ts'
import { TELNET } from './limits/telnet.ts'
import { Served, until } from './limits/way.ts'
import type { Way } from './limits/way.ts'

const WAYS: readonly Way[] = [TELNET, SSH, LOCAL, MEMORY]

/** What no quote, backslash or length may change, or make to ask for more. */
const TEXTS: readonly string[] = [
  "it's  me",
  '"I do", she said; a | b > c \\',
  `"'`.repeat(500),
  `${'a '.repeat(12_000)}b`,
  `a${' '.repeat(24_000)}b`,
]

const open: Served[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(each => each.close()))
})

describe.each(WAYS)('over $name', way => {
  it('a `:line` is what was typed', async () => {
    const said: string[] = []
    const shell = createShell({ auth: 'open' }).command(
      'say <text:line>',
      'Say it.',
      ({ text }) => void said.push(text),
    )
    const served = await Served.open(way, shell)
    open.push(served)
    const user = await served.user()
    for (const [i, text] of TEXTS.entries()) {
      user.enter(`say ${text}  `)
      await until(() => said.length > i)
    }
    expect(said).toEqual(TEXTS)
  })
})
