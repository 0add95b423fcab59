import { describe, expect, it } from 'vitest'
import { Client, MOST_TERMINAL_TYPES } from './client.ts'

/**
 * Asks for names and receives them while there are questions; returns the client and the number of
 * questions.
 */
function interview(...names: readonly string[]): { client: Client; questions: number } {
  const client = new Client()
  let questions = 0
  while (client.ask()) {
    questions++
    const name = names[questions - 1]
    if (name === undefined) break
    client.name(name)
  }
  return { client, questions }
}

describe('a client', () => {
  it('is unknown before it has named itself', () => {
    const client = new Client()
    expect([client.known, client.mud, client.bearsEnvironment, client.type, client.variables]).toEqual([
      false,
      false,
      false,
      '',
      [],
    ])
  })

  it.each([
    { names: ['XTERM-256COLOR'], type: 'xterm-256color', mud: false, questions: 1 },
    { names: ['screen.linux'], type: 'screen.linux', mud: false, questions: 1 },
    { names: ['VT220', 'XTERM', 'VT220'], type: 'vt220', mud: false, questions: 3 },
    { names: ['A', 'B', 'A'], type: 'a', mud: false, questions: 3 },
    { names: ['TINTIN++', 'xterm', 'MTTS 137'], type: 'xterm', mud: true, questions: 3 },
    { names: ['Mudlet 4.17', 'ANSI-TRUECOLOR', 'MTTS 2349'], type: 'ansi-truecolor', mud: true, questions: 3 },
    { names: ['zMUD', 'zMUD'], type: 'zmud', mud: true, questions: 2 },
    { names: ['SOMETHING NEW', 'XTERM', 'MTTS 9'], type: 'xterm', mud: true, questions: 3 },
    { names: ['MTTS 9'], type: '', mud: true, questions: 1 },
    { names: ['ANSI', 'ANSI'], type: 'ansi', mud: false, questions: 2 },
    { names: ['', ''], type: '', mud: false, questions: 2 },
  ])('that answers $names is of type "$type"', ({ names, type, mud, questions }) => {
    const found = interview(...names)
    expect({ type: found.client.type, mud: found.client.mud, questions: found.questions }).toEqual({
      type,
      mud,
      questions,
    })
  })

  it('is asked no more than eight times', () => {
    const names = Array.from({ length: 20 }, (_, index) => `TYPE-${index}`)
    expect(interview(...names).questions).toBe(MOST_TERMINAL_TYPES)
  })

  it('is not heard when it was not asked', () => {
    const client = new Client()
    client.name('XTERM')
    expect(client.known).toBe(false)
  })

  it.each(['ANSI', 'VTNT', 'vt100', 'VT52'])(
    'that calls itself %s may be Windows telnet, and is not asked for its environment',
    name => {
      expect(interview(name).client.bearsEnvironment).toBe(false)
      expect(interview('XTERM').client.bearsEnvironment).toBe(true)
    },
  )

  it('that is a MUD client leaves its name and its bits in the environment', () => {
    expect(interview('TINTIN++', 'xterm', 'MTTS 271').client.variables).toEqual([
      { name: 'CLIENT_NAME', value: 'TINTIN++' },
      { name: 'MTTS', value: '271' },
    ])
    expect(interview('TINTIN++').client.variables).toEqual([{ name: 'CLIENT_NAME', value: 'TINTIN++' }])
    expect(interview('XTERM').client.variables).toEqual([])
  })

  it.each([
    [64, true],
    [63, false],
    [65, true],
    [271, false],
  ])('with MTTS %i uses a screen reader: %s', (bits, screenReader) => {
    expect(interview('MUDLET', 'XTERM', `MTTS ${bits}`).client.screenReader).toBe(screenReader)
  })
})
