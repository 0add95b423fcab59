import { expect, it } from 'vitest'
import { createShell, serve } from '../src/index.ts'
import { connect } from '../src/testing/index.ts'
import { AnswerbackError, LARGEST_WINDOW, UNKNOWN_TERMINAL, windowSize } from '../src/transport.ts'
import type { Terminal, Transport } from '../src/transport.ts'

it('a transport that cannot listen says so by an error of its own making', async () => {
  const reason = 'the pipe is gone'
  const pipe: Transport = {
    name: 'pipe',
    listen: () => Promise.reject(new AnswerbackError('LISTEN', { transport: 'pipe', address: '/run/x', reason })),
  }
  const started = serve(createShell(), { listen: [pipe], log: false })
  await expect(started).rejects.toMatchObject({ code: 'LISTEN', message: expect.stringContaining(reason) })
})

it('the window of a peer is made safe with what the entry exports', () => {
  const terminal: Terminal = { ...UNKNOWN_TERMINAL, ...windowSize(65_535, 0, UNKNOWN_TERMINAL) }
  expect(terminal).toMatchObject({ columns: LARGEST_WINDOW.columns, rows: 24, sized: true })
})

it.each([
  ['a terminal', {}, 'a\r\nb\n', ['a', '', 'b']],
  ['a terminal in line mode', { input: 'line' }, 'a\r\nb\n', ['a', '', 'b']],
  ['a pipe', false, 'a\nb\n', ['a', 'b']],
  ['a pipe, with a carriage return', false, 'a\rb\n', ['a\rb']],
] as const)('Enter at %s', async (_, terminal, text, lines) => {
  const read: string[] = []
  const shell = createShell().command('read', '', async (_, session) => {
    for (;;) read.push(await session.readLine(''))
  })
  const user = connect(shell, { terminal }).enter('read')
  await user.type(text).settled()
  expect(read).toEqual(lines)
})
