import { describe, expect, it } from 'vitest'
import type { TestClient } from '../../testing/index.ts'
import { atDesk, picture } from './desk.suite.ts'
import type { Desk } from './desk.suite.ts'

/** Writes on the terminal past the session, as the process does. */
function prints(user: TestClient<Desk>, ...pieces: string[]): void {
  for (const text of pieces) {
    user.connection.event({ type: 'process-output', text })
    user.connection.write(text)
  }
}

describe('what the process writes on the terminal past the session', () => {
  it('goes above the half-typed line, which is typed on below', async () => {
    const user = atDesk().type('half')
    prints(user, 'error: no disk\n')
    expect(await picture(user)).toEqual(['error: no disk', '> half|'])
    user.type('way\r')
    expect(user.session.lines).toEqual(['halfway'])
  })

  it('goes above a line of several rows, whatever row the cursor is in', async () => {
    const user = atDesk().type(`${'x'.repeat(100)}\x01`)
    prints(user, 'a\nb\n')
    expect(await picture(user)).toEqual(['a', 'b', `> |${'x'.repeat(78)}`, 'x'.repeat(22)])
  })

  it('stays one line when it comes in pieces in one turn', async () => {
    const user = atDesk().type('half')
    prints(user, 'no ', 'disk', '\n')
    expect(await picture(user)).toEqual(['no disk', '> half|'])
  })

  it('has the line in a row of its own below it when it ends in the middle of one', async () => {
    const user = atDesk().type('half')
    prints(user, '10 %')
    expect(await picture(user)).toEqual(['10 %', '> half|'])
    prints(user, '20 %')
    expect(await picture(user)).toEqual(['10 %', '20 %', '> half|'])
  })

  it('may be longer than the screen', async () => {
    const user = atDesk().type('half')
    prints(user, `${'x'.repeat(100_000)}\nend\n`)
    expect((await picture(user)).slice(-2)).toEqual(['end', '> half|'])
  })

  it('shows nothing of input that is hidden', async () => {
    const user = atDesk({ request: { hidden: true, prompt: 'Password: ' } }).type('secret')
    prints(user, 'error: no disk\n')
    expect(await picture(user)).toEqual(['error: no disk', 'Password: |'])
  })

  it('is drawn around plainly on a terminal without sequences', async () => {
    const user = atDesk({ terminal: { type: 'dumb' } }).type('half')
    prints(user, 'error: no disk\n')
    expect(await picture(user)).toEqual(['error: no disk', '> half|'])
    expect(user.connection.output).not.toContain('\x1b')
  })

  it('begins a row of its own while a command has written part of one, and goes on in it', async () => {
    const user = atDesk({ busy: true })
    user.session.console.write('Loading …')
    prints(user, 'no ', 'disk\n')
    user.session.console.write('done\n')
    expect(await picture(user)).toEqual(['Loading …', 'no disk', 'done', '|'])
  })

  it('has the next prompt at column 0, wherever it has left the cursor', async () => {
    const user = atDesk({ busy: true })
    prints(user, 'no newline')
    user.session.read()
    expect(await picture(user)).toEqual(['no newline', '> |'])
  })

  it('costs one repaint a turn', async () => {
    const user = atDesk().type('half')
    user.connection.output = ''
    prints(user, 'a\n', 'b\n', 'c\n')
    await picture(user)
    expect(user.connection.output).toBe('\r\x1b[Ja\nb\nc\n> half')
  })
})
