import type { Dispatched } from '../run/dispatch.ts'
import type { ShellSettings } from './options.ts'
import type { SessionCore } from '../session/core.ts'
import type { Session } from '../session/session.ts'

/** A shell, frozen: what a conversation is held by. */
export interface ShellDescription extends Dispatched {
  readonly settings: ShellSettings
  /** What its sessions are: `Session`, or a class that extends it. */
  readonly sessionClass: new (core: SessionCore) => Session
}
