import { AsyncLocalStorage } from 'node:async_hooks'
import type { AsyncContext } from '../core/async-context.ts'

/** Costs nothing until something is run in it, and no more for a thousand of them than for one. */
export function newAsyncContext(): AsyncContext {
  return new SharedContext()
}

/**
 * Node's own, one for all: on Node 20 and 22 each that is in use is paid for by every promise of the process. With one for each of 500 sessions an `await` took
 * 50 µs after 0.06, and any user can leave a command behind. Where one runs something within another's call, the other's value is not seen in there.
 */
const STORAGE = new AsyncLocalStorage<Stored>()

/** Those that have something running in it. */
const USERS: Set<AsyncContext> = new Set()

interface Stored {
  readonly owner: AsyncContext
  readonly value: unknown
}

class SharedContext implements AsyncContext {
  run<T>(value: unknown, run: () => T): T {
    USERS.add(this)
    return STORAGE.run({ owner: this, value }, run)
  }

  getStore(): unknown {
    const stored = STORAGE.getStore()
    return stored?.owner === this ? stored.value : undefined
  }

  disable(): void {
    if (USERS.delete(this) && USERS.size === 0) STORAGE.disable()
  }
}
