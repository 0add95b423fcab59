import { SETTLED } from '../session/tell.ts'
import { Awaited } from '../session/awaited.ts'
import { Session } from '../session/session.ts'
import type { SessionClass } from './session-class.ts'
import { isErrorOf } from '../session/error.ts'
import { isThenable } from '../../core/async/thenable.ts'

/** The methods that answer what can be awaited, and that a class may have of its own. */
const WRITES = ['write', 'writeLine', 'writeResponse', 'writeError', 'writeMessage', 'page'] as const

type WriteMethod = (this: Session, ...given: unknown[]) => unknown
type WriteMethods = Record<string, WriteMethod>

/**
 * The same class; where it overrides a write, a class of it in which that write rejects for nobody
 * when nobody awaits it, as those of `Session` do. An `async` override is a promise each time, and
 * Node ends the process for one that rejects and that nobody awaits.
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
  // It looks like the class that was given.
  Object.defineProperty(derived, 'name', { value: sessionClass.name })
  Object.defineProperty(derived.prototype, 'constructor', { value: sessionClass, writable: true, configurable: true })
  return derived as unknown as C
}

/** Whether a class has a write of its own. */
export function overridesWrite(sessionClass: SessionClass<any, any>, name: (typeof WRITES)[number]): boolean {
  return sessionClass.prototype[name] !== Session.prototype[name]
}

/** An error that is not the session's goes where it went. */
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
