import { SETTLED } from '../session/tell.ts'
import { Awaited } from '../session/awaited.ts'
import { Session } from '../session/session.ts'
import type { SessionClass } from './session-class.ts'
import { isErrorOf } from '../session/error.ts'
import { isThenable } from '../../core/async/thenable.ts'

/** The methods that return a promise, and that a class may override. */
const WRITES = ['write', 'writeLine', 'writeResponse', 'writeError', 'writeMessage', 'page'] as const

type WriteMethod = (this: Session, ...given: unknown[]) => unknown
type WriteMethods = Record<string, WriteMethod>

/**
 * Returns a class whose overridden writes reject only if they are awaited, like those of `Session`.
 * Without overrides it is the given class itself. An `async` override returns a promise each time,
 * and an unawaited rejection would end the process.
 */
export function withQuietWrites<C extends SessionClass<any, any>>(sessionClass: C): C {
  const own = sessionClass.prototype as unknown as WriteMethods
  const overridden = WRITES.filter(name => overridesWrite(sessionClass, name))
  if (overridden.length === 0) return sessionClass
  const derived = class extends (sessionClass as unknown as new (core: any) => Session) {}
  for (const name of overridden) {
    const method = own[name] as WriteMethod
    const value = function (this: Session, ...given: unknown[]): unknown {
      return quiet(this, method.apply(this, given))
    }
    Object.defineProperty(derived.prototype, name, { value, writable: true, configurable: true })
  }
  // The derived class keeps the name of the given one.
  Object.defineProperty(derived, 'name', { value: sessionClass.name })
  Object.defineProperty(derived.prototype, 'constructor', { value: sessionClass, writable: true, configurable: true })
  return derived as unknown as C
}

/** Returns whether a class overrides a write. */
export function overridesWrite(sessionClass: SessionClass<any, any>, name: (typeof WRITES)[number]): boolean {
  return sessionClass.prototype[name] !== Session.prototype[name]
}

/**
 * Returns the promise as an `Awaited`. Unawaited, it still reports an error that is not the
 * session's own.
 */
function quiet(session: Session, done: unknown): unknown {
  if (done === SETTLED || done instanceof Awaited || !isThenable(done)) return done
  let awaited = false
  done.then(undefined, (error: unknown) => {
    if (!awaited && !isErrorOf(session, error)) throw error
  })
  return new Awaited((resolve, reject) => {
    awaited = true
    done.then(resolve, reject)
  })
}
