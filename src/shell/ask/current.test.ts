import { expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import type { Session } from '../session/session.ts'
import { createShell } from '../shell.ts'

/** A user of a shell whose command `go` asks two questions, and ends before they are answered. */
function asked() {
  const ask = async (session: Session): Promise<void> => {
    const first = await session.readLine('first? ')
    const second = await session.readLine('second? ')
    await session.writeLine(`${first}, ${second}`)
  }
  const shell = createShell()
    .command('go', '', (_, session) => void ask(session))
    .command('end', '', () => 'ended')
  return connect(shell)
}

it('the prompt waits until whoever has asked one question has asked the next', async () => {
  const user = asked().enter('go')
  expect(user.output).toBe('> go\nfirst? ')
  await user.enter('1').settled()
  expect(user.output).toBe('> go\nfirst? 1\nsecond? ')
  await user.enter('2').settled()
  expect(user.output).toBe('> go\nfirst? 1\nsecond? 2\n1, 2\n> ')
})

it('what is typed ahead goes to the questions first', async () => {
  const user = asked().type('go\r1\r2\rend\r')
  await user.settled()
  expect(user.output).toBe('> go\nfirst? 1\nsecond? 2\n1, 2\n> end\nended\n> ')
})
