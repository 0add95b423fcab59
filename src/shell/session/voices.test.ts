import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import type { ConnectOptions } from '../../testing/index.ts'
import { createShell } from '../shell.ts'

const shell = () =>
  createShell({
    voices: {
      response: text => `\x1b[32m${text}\x1b[m`,
      error: text => `\x1b[1;31mError:\x1b[m ${text}`,
      message: text => `\x1b[36m${text.toUpperCase()}\x1b[m`,
    },
  })
    .command('ok', 'Answer.', () => 'well')
    .command('own', 'Answer in a colour of its own.', () => '\x1b[35mwell\x1b[m')
    .command('told', 'Tell.', (_, session) => void session.writeMessage('hear'))

async function said(options: ConnectOptions): Promise<string> {
  const user = connect(shell(), options).enter('ok').enter('own').enter('nothing').enter('told')
  await user.settled()
  return user.output
}

describe('voices that colour', () => {
  it('do where a terminal is', async () => {
    const output = await said({})
    for (const text of ['\x1b[32mwell\x1b[m', '\x1b[1;31mError:\x1b[m Unknown', '\x1b[36mHEAR\x1b[m'])
      expect(output).toContain(text)
  })

  it.each<[string, ConnectOptions]>([
    ['no terminal is', { terminal: false }],
    ['it is dumb', { terminal: { type: 'dumb' } }],
    ['NO_COLOR is set', { environment: { NO_COLOR: '1' } }],
  ])('are plain where %s; what a command colours itself stays as it is', async (_, options) => {
    const output = await said(options)
    for (const text of ['Error: Unknown', '\x1b[35mwell\x1b[m', 'HEAR']) expect(output).toContain(text)
    for (const colour of ['\x1b[32m', '31m', '\x1b[36m']) expect(output).not.toContain(colour)
  })

  it('colour where NO_COLOR is empty, as its authors say', async () => {
    expect(await said({ environment: { NO_COLOR: '' } })).toContain('\x1b[32mwell')
  })
})
