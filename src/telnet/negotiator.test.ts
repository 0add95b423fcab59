import { describe, expect, it } from 'vitest'
import type { Verb } from './codes.ts'
import { step, type State } from './negotiation.ts'
import { Negotiator } from './negotiator.ts'

const [WILL, WONT, DO, DONT] = [251, 252, 253, 254] as const
const NAMES: Readonly<Record<Verb, string>> = { 251: 'WILL', 252: 'WONT', 253: 'DO', 254: 'DONT' }

/**
 * A negotiator that agrees to option 1 on both sides, and what it has sent since the last check.
 */
function negotiator(): { table: Negotiator; said: () => string[] } {
  const said: string[] = []
  const table = new Negotiator({
    willing: (_, option) => option === 1,
    send: (verb, option) => void said.push(`${NAMES[verb]} ${option}`),
  })
  return { table, said: () => said.splice(0) }
}

describe('a negotiator', () => {
  it('agrees to what it is willing to do, refuses the rest, and says which', () => {
    const { table, said } = negotiator()
    expect(table.receive(DO, 1)).toEqual({ side: 'us', type: 'agreed' })
    expect(table.receive(WILL, 1)).toEqual({ side: 'him', type: 'agreed' })
    expect(table.receive(DO, 2)).toEqual({ side: 'us', type: 'none' })
    expect(table.receive(WILL, 2)).toEqual({ side: 'him', type: 'none' })
    expect(said()).toEqual(['WILL 1', 'DO 1', 'WONT 2', 'DONT 2'])
    expect([table.options('us'), table.options('him')]).toEqual([[1], [1]])
  })

  it('answers a refusal at most once', () => {
    const { table, said } = negotiator()
    table.receive(DO, 1)
    said()
    expect(table.receive(DONT, 1)).toEqual({ side: 'us', type: 'refused' })
    expect(table.receive(DONT, 1)).toEqual({ side: 'us', type: 'none' })
    table.receive(DONT, 2)
    table.receive(WONT, 2)
    expect(said()).toEqual(['WONT 1'])
  })

  it('does not answer the answer to a wish', () => {
    const { table, said } = negotiator()
    table.request('us', 3, true)
    expect(said()).toEqual(['WILL 3'])
    expect(table.receive(DO, 3)).toEqual({ side: 'us', type: 'agreed' })
    expect(said()).toEqual([])
  })

  it('proposes an option once, whatever the peer says to it', () => {
    const { table, said } = negotiator()
    for (let round = 0; round < 3; round++) {
      table.propose('him', 39)
      table.receive(WONT, 39)
    }
    expect(said()).toEqual(['DO 39'])
  })

  it('does not propose what the peer has spoken of already', () => {
    const { table, said } = negotiator()
    table.receive(WILL, 1)
    table.propose('him', 1)
    expect(said()).toEqual(['DO 1'])
  })

  it('keeps the two sides of an option apart', () => {
    const { table } = negotiator()
    table.receive(DO, 1)
    expect([table.inForce('us', 1), table.inForce('him', 1)]).toEqual([true, false])
  })
})

describe('a WONT that the peer does not confirm', () => {
  it('stops a WILL by RFC 1143, and does not where it is presumed', () => {
    const { table, said } = negotiator()
    table.receive(DO, 1)
    table.request('us', 1, false)
    table.request('us', 1, true)
    expect(said()).toEqual(['WILL 1', 'WONT 1'])
    table.request('us', 1, false)
    table.presumeOff(1)
    table.request('us', 1, true)
    expect(said()).toEqual(['WILL 1'])
    expect(table.receive(DO, 1).type).toBe('agreed')
  })

  /**
   * A peer that keeps RFC 1143 and replies to all, or one that is silent to WONT; `heard` holds
   * messages in transit to it.
   */
  interface Other {
    state: State
    confirms: boolean
  }

  /** Returns the other side's reply, if any. */
  function answer(other: Other, word: string): Verb | undefined {
    const { state, send } = step(other.state, word === 'WILL 1' ? 'positive' : 'negative', true)
    other.state = state
    if (send === undefined || (send === 'negative' && !other.confirms)) return undefined
    return send === 'positive' ? DO : DONT
  }

  /**
   * Runs a script of h (hide), s (show), p (the peer reads a message and replies), r (the server
   * reads a reply), then all the rest.
   */
  function run(script: readonly string[], confirms: boolean): { hidden: boolean; shownByPeer: boolean; said: number } {
    const { table, said } = negotiator()
    const other: Other = { state: 'no', confirms }
    const toPeer: string[] = []
    const toUs: Verb[] = []
    let hidden = false
    let count = 0
    const moves: Readonly<Record<string, () => void>> = {
      h: () => (hidden ? undefined : (table.presumeOff(1), table.request('us', 1, (hidden = true)))),
      s: () => table.request('us', 1, (hidden = false)),
      p: () => {
        const word = toPeer.shift()
        const back = word === undefined ? undefined : answer(other, word)
        if (back !== undefined) toUs.push(back)
      },
      r: () => {
        const verb = toUs.shift()
        if (verb !== undefined) table.receive(verb, 1)
      },
    }
    const play = (move: string): void => {
      moves[move]?.()
      const words = said()
      count += words.length
      toPeer.push(...words)
    }
    for (const move of script) play(move)
    for (let left = 50; left > 0 && toPeer.length + toUs.length > 0; left--) for (const move of ['p', 'r']) play(move)
    return { hidden, shownByPeer: other.state !== 'yes', said: count }
  }

  /** Returns all scripts of a length. */
  function scripts(length: number): string[][] {
    if (length === 0) return [[]]
    return ['h', 's', 'p', 'r'].flatMap(move => scripts(length - 1).map(head => head.concat(move)))
  }

  it.each([true, false])('leaves the peer hiding what is secret, in every order of events (confirms: %s)', confirms => {
    const wrong = scripts(7).filter(script => {
      const { hidden, shownByPeer, said } = run(script, confirms)
      return shownByPeer === hidden || said > script.length
    })
    expect(wrong).toEqual([])
  })
})

describe('a storm', () => {
  const VERBS = [WILL, WONT, DO, DONT] as const

  it('over all options, again and again, is answered with no more words than it has', () => {
    const { table, said } = negotiator()
    let heard = 0
    for (let round = 0; round < 20; round++) {
      for (let option = 0; option < 256; option++) {
        for (const verb of VERBS) {
          table.receive(verb, option)
          heard++
        }
      }
    }
    expect(said().length).toBeLessThanOrEqual(heard)
  })

  it('of contradictions ends: each answer is contradicted, and not even once more is said than heard', () => {
    const contradiction: Readonly<Record<string, Verb>> = { WILL: DONT, WONT: DO, DO: WONT, DONT: WILL }
    const { table, said } = negotiator()
    table.request('us', 1, true)
    table.request('him', 1, true)
    let heard = 0
    let words = said()
    let total = words.length
    while (words.length > 0 && heard < 1000) {
      for (const word of words) {
        const [verb, option] = word.split(' ')
        table.receive(contradiction[verb as string] as Verb, Number(option))
        heard++
      }
      words = said()
      total += words.length
    }
    expect(heard).toBeLessThan(10)
    expect(total).toBeLessThanOrEqual(heard + 2)
  })
})
