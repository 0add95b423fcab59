import { describe, expect, it } from 'vitest'
import { step, type NegotiationEvent, type State } from './negotiation.ts'

describe("RFC 1143's table", () => {
  it.each<[State, NegotiationEvent, State, ('positive' | 'negative')?]>([
    ['no', 'positive', 'yes', 'positive'],
    ['yes', 'positive', 'yes'],
    ['want-no', 'positive', 'no'],
    ['want-no-opposite', 'positive', 'yes'],
    ['want-yes', 'positive', 'yes'],
    ['want-yes-opposite', 'positive', 'want-no', 'negative'],
    ['no', 'negative', 'no'],
    ['yes', 'negative', 'no', 'negative'],
    ['want-no', 'negative', 'no'],
    ['want-no-opposite', 'negative', 'want-yes', 'positive'],
    ['want-yes', 'negative', 'no'],
    ['want-yes-opposite', 'negative', 'no'],
    ['no', 'enable', 'want-yes', 'positive'],
    ['yes', 'enable', 'yes'],
    ['want-no', 'enable', 'want-no-opposite'],
    ['want-no-opposite', 'enable', 'want-no-opposite'],
    ['want-yes', 'enable', 'want-yes'],
    ['want-yes-opposite', 'enable', 'want-yes'],
    ['no', 'disable', 'no'],
    ['yes', 'disable', 'want-no', 'negative'],
    ['want-no', 'disable', 'want-no'],
    ['want-no-opposite', 'disable', 'want-no'],
    ['want-yes', 'disable', 'want-yes-opposite'],
    ['want-yes-opposite', 'disable', 'want-yes-opposite'],
  ])('%s, %s: %s %s', (state, event, next, send) => {
    expect(step(state, event, true)).toEqual(send === undefined ? { state: next } : { state: next, send })
  })

  it('refuses what is proposed and not wanted, and leaves a refusal unanswered', () => {
    expect(step('no', 'positive', false)).toEqual({ state: 'no', send: 'negative' })
    expect(step('no', 'negative', false)).toEqual({ state: 'no' })
  })
})

type Word = 'positive' | 'negative'

/** Two parties that negotiate one option, and the messages in transit between them. */
interface Talk {
  readonly states: readonly [State, State]
  readonly queues: readonly [readonly Word[], readonly Word[]]
  /** How many wishes each may still have. */
  readonly wishes: readonly [number, number]
}

const PARTIES = [0, 1] as const

/**
 * Returns every talk that may follow: either party wishes for on or off, or receives the next
 * message.
 */
function following(talk: Talk, willing: readonly [boolean, boolean]): Talk[] {
  return PARTIES.flatMap(who => eventsAt(talk, who).map(event => moved(talk, who, event, willing)))
}

function eventsAt(talk: Talk, who: 0 | 1): NegotiationEvent[] {
  const wishes: NegotiationEvent[] = talk.wishes[who] > 0 ? ['enable', 'disable'] : []
  return wishes.concat(talk.queues[who].slice(0, 1))
}

function moved(talk: Talk, who: 0 | 1, event: NegotiationEvent, willing: readonly [boolean, boolean]): Talk {
  const { state, send } = step(talk.states[who], event, willing[who])
  const isWish = event === 'enable' || event === 'disable'
  const mine = isWish ? talk.queues[who] : talk.queues[who].slice(1)
  const theirs = send === undefined ? talk.queues[1 - who]! : [...talk.queues[1 - who]!, send]
  const pair = <T>(own: T, other: T): readonly [T, T] => (who === 0 ? [own, other] : [other, own])
  return {
    states: pair(state, talk.states[1 - who]!),
    queues: pair(mine, theirs),
    wishes: pair(talk.wishes[who] - (isWish ? 1 : 0), talk.wishes[1 - who]!),
  }
}

/** Walks every interleaving once; returns the talks at rest, and throws on a loop. */
function walk(start: Talk, willing: readonly [boolean, boolean]): { rests: Talk[]; seen: number; longest: number } {
  const done = new Map<string, boolean>()
  const rests: Talk[] = []
  let longest = 0
  const visit = (talk: Talk): void => {
    const key = JSON.stringify(talk)
    if (done.get(key) === false) throw new Error(`a loop: ${key}`)
    if (done.has(key)) return
    done.set(key, false)
    longest = Math.max(longest, talk.queues[0].length, talk.queues[1].length)
    if (talk.queues[0].length + talk.queues[1].length === 0) rests.push(talk)
    for (const next of following(talk, willing)) visit(next)
    done.set(key, true)
  }
  visit(start)
  return { rests, seen: done.size, longest }
}

describe('two parties, in every interleaving of four wishes each', () => {
  const policies = [true, false].flatMap(one => [true, false].map(other => [one, other] as const))
  const starts = ['no', 'yes'] as const
  const cases = policies.flatMap(([one, other]) => starts.map(state => ({ one, other, state })))

  it.each(cases)('agree at rest and never loop: willing $one and $other, from $state', ({ one, other, state }) => {
    const { rests, seen, longest } = walk({ states: [state, state], queues: [[], []], wishes: [4, 4] }, [one, other])
    expect(seen).toBeGreaterThan(500)
    expect(longest).toBeLessThanOrEqual(3)
    for (const { states } of rests) {
      expect(states[0]).toBe(states[1])
      expect(['no', 'yes']).toContain(states[0])
    }
  })
})
