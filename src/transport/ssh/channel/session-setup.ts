import {
  windowSize,
  UNKNOWN_TERMINAL,
  type ConnectionRequest,
  type Environment,
  type Terminal,
} from '../../../core/connection.ts'
import { ENVIRONMENT_LIMITS } from '../../../core/options/environment.ts'
import { readPtyModes } from './pty-modes.ts'
import { WireReader } from '../protocol/wire.ts'

/**
 * The requests of a session channel before it starts (RFC 4254 §6): a terminal, variables, and then
 * a shell or a command, once. Subsystems, agents and X11 are refused: they are not in the table.
 */
export class SessionSetup {
  readonly #rules: SetupRules
  readonly #environment: Record<string, string> = {}
  #terminal: Terminal | undefined
  #variables = 0

  constructor(rules: SetupRules) {
    this.#rules = rules
  }

  get environment(): Environment {
    return this.#environment
  }

  /** Absent for a pipe. */
  get terminal(): Terminal | undefined {
    return this.#terminal
  }

  /** Grants or refuses one request. A request that starts the session is granted by its value. */
  request(type: string, body: WireReader): ConnectionRequest | boolean {
    switch (type) {
      case 'pty-req':
        return this.#pty(body)
      case 'env':
        return this.#variable(body.text(), body.text(), body.complete)
      case 'shell':
        return this.#start({ type: 'shell' })
      case 'exec':
        return this.#exec(body.text(), body.complete)
      default:
        return false
    }
  }

  #pty(body: WireReader): boolean {
    if (this.#terminal !== undefined || !this.#rules.pty) return false
    const type = body.text()
    const size = windowSize(body.uint32(), body.uint32(), UNKNOWN_TERMINAL)
    body.uint32()
    body.uint32()
    const modes = readPtyModes(body.string())
    if (!body.complete) return false
    this.#terminal = {
      ...UNKNOWN_TERMINAL,
      ...size,
      type: terminalType(type),
      input: 'character',
      canHide: true,
      modes,
    }
    return true
  }

  #variable(name: string, value: string, complete: boolean): boolean {
    if (!complete || this.#variables >= ENVIRONMENT_LIMITS.variables) return false
    if (!this.#rules.environment.test(name) || value.length > ENVIRONMENT_LIMITS.value || CONTROL.test(value))
      return false
    this.#variables += 1
    this.#environment[name] = value
    return true
  }

  #exec(command: string, complete: boolean): ConnectionRequest | boolean {
    return complete && command.length <= this.#rules.longestCommand && this.#start({ type: 'exec', command })
  }

  /**
   * Starts the session. A forced command replaces the requested one, which it finds in its
   * environment, as under OpenSSH.
   */
  #start(asked: ConnectionRequest): ConnectionRequest {
    const { command } = this.#rules
    if (command === undefined) return asked
    if (asked.type === 'exec') this.#environment['SSH_ORIGINAL_COMMAND'] = asked.command
    return { type: 'exec', command }
  }
}

/**
 * Returns the terminal after `window-change` (RFC 4254 §6.7); `undefined` if the message is
 * incomplete.
 */
export function resized(terminal: Terminal, body: WireReader): Terminal | undefined {
  const size = windowSize(body.uint32(), body.uint32(), terminal)
  return body.ok ? { ...terminal, ...size } : undefined
}

export interface SetupRules {
  /** Whether a terminal is allowed. */
  readonly pty: boolean
  /** The command that runs instead of any request. */
  readonly command: string | undefined
  /** The names of accepted variables. */
  readonly environment: RegExp
  /** The longest exec command, in characters. */
  readonly longestCommand: number
}

const CONTROL = /\p{Cc}/u

function terminalType(name: string): string {
  const known = name.toLowerCase().replaceAll(/[^\x21-\x7e]/g, '')
  return known.slice(0, 64)
}
