import { describe, expect, it } from 'vitest'
import { safe, trusted } from '../../core/text/safe-text.ts'
import { SESSION_LIMITS } from '../../core/session-limits.ts'
import { connect } from '../../testing/index.ts'
import { MemoryConnection } from '../../testing/memory-connection.ts'
import { settled } from '../../testing/manual-clock.ts'
import { Messages } from './messages.ts'
import type { MessageLimits } from './messages.ts'
import { createShell } from '../shell.ts'

function messagesWith(limits?: MessageLimits) {
  const connection = new MemoryConnection()
  const written: string[] = []
  let ends = 0
  const host = { writeLines: (text: string) => written.push(text), tooSlow: () => (ends += 1) }
  return { connection, written, messages: new Messages(connection, host, host, limits), ends: () => ends }
}

describe('messages', () => {
  it('are written at once to whoever reads', () => {
    const { messages, written } = messagesWith()
    messages.write('a')
    messages.write('b')
    expect(written).toEqual(['a', 'b'])
  })

  it('wait, in order, for a reader who is behind', async () => {
    const { connection, messages, written } = messagesWith()
    connection.stall()
    for (const text of ['a', 'b', 'c']) messages.write(text)
    expect(written).toEqual([])
    connection.flow()
    await settled()
    messages.write('d')
    expect(written).toEqual(['a\nb\nc', 'd'])
  })

  it.each([
    [9, 'x'.repeat(4), []],
    [10, 'x'.repeat(5), []],
    [11, 'x'.repeat(6), ['[1 message was dropped: they came faster than they were read.]']],
  ])('up to the limit of 10 characters: of %i the oldest is dropped only where it must be', async (_, last, notice) => {
    const { connection, messages, written } = messagesWith({ maxQueuedMessages: 10, slowReader: 'drop' })
    connection.stall()
    messages.write('first')
    messages.write(last)
    connection.flow()
    await settled()
    expect(written).toEqual([[...(notice.length > 0 ? notice : ['first']), last].join('\n')])
  })

  it('that are dropped are told once, with their number', async () => {
    const { connection, messages, written } = messagesWith()
    connection.stall()
    const long = 'x'.repeat(1024)
    for (let i = 0; i < 100; i++) messages.write(long)
    connection.flow()
    await settled()
    expect(written[0]?.split('\n')[0]).toBe('[36 messages were dropped: they came faster than they were read.]')
    expect(written.join('').length).toBeLessThan(SESSION_LIMITS.maxQueuedMessages + 200)
  })

  it('end a session that is too slow, where that is the policy, and say so once', () => {
    const { connection, messages, written, ends } = messagesWith({ maxQueuedMessages: 10, slowReader: 'end' })
    connection.stall()
    messages.write('x'.repeat(10))
    expect(ends()).toBe(0)
    messages.write('x')
    messages.write('x'.repeat(11))
    expect(ends()).toBe(1)
    expect(written).toEqual(['Messages came faster than they were read. The session ends.'])
  })

  it('are never waited for', async () => {
    const user = connect(createShell())
    user.connection.stall()
    await user.session.writeMessage('a')
    expect(user.output).not.toContain('a')
    user.connection.flow()
    await user.settled()
    expect((await user.screen()).rows).toEqual(['a', '> '])
  })

  it('cannot be two, of which the second seems to come from somebody else; nor can the voice be made to say so', async () => {
    const user = connect(createShell({ voices: { message: text => `* ${text}` } }))
    await user.session.writeMessage('joe: hi\r\nroot: shut down\u2028root: now')
    await user.session.writeMessage(safe`one\ntwo`)
    await user.settled()
    expect((await user.screen()).rows).toEqual(['* joe: hi', '  root: shut down', '  root: now', '* one', 'two', '> '])
  })

  it('do no harm with what is in them; the voice, and what is trusted, keep their colours', async () => {
    const red = (text: string) => `\x1b[31m${text}\x1b[0m`
    const user = connect(createShell({ voices: { message: red } }))
    await user.session.writeMessage('\x1b[2Jhi\u202e')
    await user.session.writeMessage(trusted('\x1b[1mbold'))
    expect(user.output).toContain(red('[2Jhi'))
    expect(user.output).toContain(red('\x1b[1mbold'))
  })
})
