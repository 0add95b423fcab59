import type { Hooks } from './hooks.ts'
import type { Middleware } from './middleware.ts'
import type { Registry } from '../command/registry.ts'
import type { SessionCore } from '../session/core.ts'
import type { Session } from '../session/session.ts'
import type { ShellSettings } from '../settings/options.ts'

/** A shell, frozen: what its sessions and their commands run by. */
export interface ShellDescription {
  /** Another one after a dynamic set of commands has changed. */
  readonly registry: Registry
  readonly middleware: readonly Middleware<any, any>[]
  readonly hooks: Hooks
  readonly settings: ShellSettings
  /** What its sessions are: `Session`, or a class that extends it. */
  readonly sessionClass: new (core: SessionCore) => Session
  /** That class writes answers by a method of its own, which may fail. */
  readonly writesResponses: boolean
}
