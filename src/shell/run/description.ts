import type { Hooks } from './hooks.ts'
import type { Middleware } from './middleware.ts'
import type { Registry } from '../command/registry.ts'
import type { SessionCore } from '../session/core.ts'
import type { Session } from '../session/session.ts'
import type { ShellSettings } from '../settings/options.ts'

/** A frozen shell, with all that its sessions and their commands need. */
export interface ShellDescription {
  /** Its commands, replaced by another registry after a dynamic set of commands has changed. */
  readonly registry: Registry
  readonly middleware: readonly Middleware<any, any>[]
  readonly hooks: Hooks
  readonly settings: ShellSettings
  /** The class of its sessions: `Session`, or a class that extends it. */
  readonly sessionClass: new (core: SessionCore) => Session
  /** Whether that class writes answers by a method of its own, which may fail. */
  readonly writesResponses: boolean
}
