import { expect, it } from 'vitest'
import { Option } from './codes.ts'
import type { State } from './negotiation.ts'
import { stateIn, withState } from './packed-states.ts'

const STATES: readonly State[] = ['no', 'yes', 'want-no', 'want-no-opposite', 'want-yes', 'want-yes-opposite']
const OPTIONS: readonly number[] = Object.values(Option)

it('every option has every state, and no other option changes with it', () => {
  for (const option of OPTIONS) {
    for (const state of STATES) {
      for (const others of STATES) {
        const before = OPTIONS.reduce((packed, each) => withState(packed, each, others), 0)
        const after = withState(before, option, state)
        expect(OPTIONS.map(each => stateIn(after, each))).toEqual(
          OPTIONS.map(each => (each === option ? state : others)),
        )
      }
    }
  }
})

it('what was never set has no state, nor has what is no option of ours', () => {
  expect(OPTIONS.map(option => stateIn(0, option))).toEqual(OPTIONS.map(() => undefined))
  for (const option of [2, 43, 200, 255]) {
    expect(stateIn(-1, option)).toBeUndefined()
    expect(() => withState(0, option, 'yes')).toThrow(RangeError)
  }
})

it('they stay within the 30 bits that are a small integer in every engine', () => {
  const largest = OPTIONS.reduce((packed, option) => withState(packed, option, 'want-yes-opposite'), 0)
  expect(largest).toBeLessThan(2 ** 30)
  expect(largest).toBeGreaterThan(0)
})
