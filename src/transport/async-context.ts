import { AsyncLocalStorage } from 'node:async_hooks'
import type { AsyncContext } from '../core/async-context.ts'

/** Node's own. Costs nothing until something is run in it. */
export function newAsyncContext(): AsyncContext {
  return new AsyncLocalStorage()
}
