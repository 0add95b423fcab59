import type { Authenticator } from '../core/authenticator.ts'
import type { Tools } from '../core/transport.ts'
import { ShellAuthenticator } from './authenticator.ts'
import type { ShellDescription } from './description.ts'
import { Dispatcher } from './dispatch.ts'

/** A shell as one server serves it: what all its sessions there share. */
export class Service {
  readonly shell: ShellDescription
  readonly tools: Tools
  readonly authenticator: Authenticator
  readonly dispatcher: Dispatcher

  constructor(shell: ShellDescription, tools: Tools) {
    this.shell = shell
    this.tools = tools
    this.authenticator = new ShellAuthenticator(shell.settings.auth, tools)
    this.dispatcher = new Dispatcher(shell, tools.log)
  }
}
