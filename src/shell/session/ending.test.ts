import { expect, it } from 'vitest'
import { SessionEnded } from '../../core/errors.ts'
import { Ending } from './ending.ts'

it('tells one reason, the first, to whoever asked before and whoever asks later, by one and the same error', () => {
  const ending = new Ending('s1')
  const { signal } = ending
  expect([ending.over, ending.reason, signal.aborted]).toEqual([false, undefined, false])
  ending.now('idle')
  ending.now('exit')
  expect([ending.over, ending.reason, signal.aborted]).toEqual([true, 'idle', true])
  expect(signal.reason).toBeInstanceOf(SessionEnded)
  expect(signal.reason).toMatchObject({ reason: 'idle', session: 's1' })
  expect([ending.error, ending.signal]).toEqual([signal.reason, signal])
  expect(ending.error).toBe(signal.reason)
})

it('a signal that is asked for afterwards has fired', () => {
  const ending = new Ending('s1')
  ending.now('exit')
  expect(ending.signal.aborted).toBe(true)
  expect(ending.signal.reason).toBe(ending.error)
})
