import { expect, it } from 'vitest'
import { SessionEnded } from '../../core/options/errors.ts'
import { SessionEnd } from './session-end.ts'

it('tells one reason, the first, to whoever asked before and whoever asks later, by one and the same error', () => {
  const end = new SessionEnd('s1')
  const { signal } = end
  expect([end.over, end.reason, signal.aborted]).toEqual([false, undefined, false])
  end.abort('idle')
  end.abort('exit')
  expect([end.over, end.reason, signal.aborted]).toEqual([true, 'idle', true])
  expect(signal.reason).toBeInstanceOf(SessionEnded)
  expect(signal.reason).toMatchObject({ reason: 'idle', session: 's1' })
  expect([end.error, end.signal]).toEqual([signal.reason, signal])
  expect(end.error).toBe(signal.reason)
})

it('a signal that is asked for afterwards has fired', () => {
  const end = new SessionEnd('s1')
  end.abort('exit')
  expect(end.signal.aborted).toBe(true)
  expect(end.signal.reason).toBe(end.error)
})
