import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newAsyncContext } from './async-context.ts'

afterEach(() => vi.restoreAllMocks())

describe('an async context', () => {
  it('goes along with a call into what it awaits, and is seen nowhere else', async () => {
    const context = newAsyncContext()
    const seen = context.run('one', async () => {
      await Promise.resolve()
      return context.getStore()
    })
    expect(context.getStore()).toBeUndefined()
    expect(await seen).toBe('one')
    context.disable()
  })

  it('sees no value of another one', () => {
    const [one, other] = [newAsyncContext(), newAsyncContext()]
    expect(one.run('one', () => [one.getStore(), other.getStore()])).toEqual(['one', undefined])
    expect(one.run('one', () => other.run('other', () => [one.getStore(), other.getStore()]))).toEqual([
      undefined,
      'other',
    ])
    one.disable()
    other.disable()
  })

  // Each one of Node's in use makes every promise of the process more expensive.
  it('is one of Node’s, however many there are, and that is in use as long as one of them is', async () => {
    vi.resetModules()
    const { newAsyncContext } = await import('./async-context.ts')
    const run = vi.spyOn(AsyncLocalStorage.prototype, 'run')
    const disable = vi.spyOn(AsyncLocalStorage.prototype, 'disable')
    const [one, other] = [newAsyncContext(), newAsyncContext()]
    one.run(1, () => {})
    other.run(2, () => {})
    expect(new Set(run.mock.contexts).size).toBe(1)
    one.disable()
    one.disable()
    expect(disable).not.toHaveBeenCalled()
    expect(other.run(3, () => other.getStore())).toBe(3)
    other.disable()
    expect(disable).toHaveBeenCalledOnce()
  })
})
