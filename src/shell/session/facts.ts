import type { Authenticator } from '../../core/authenticator.ts'
import { LARGEST_WINDOW, UNKNOWN_TERMINAL } from '../../core/connection.ts'
import type {
  ConnectionFacts,
  ConnectionRequest,
  Environment,
  Identity,
  Peer,
  Terminal,
} from '../../core/connection.ts'
import { optionError } from '../../core/options/options.ts'
import { pageSize } from '../ask/pager.ts'
import type { PageSize } from '../ask/pager.ts'

/** The size that a program sets for a terminal. */
export interface TerminalSize {
  /** A whole number from 1 to 1000. */
  readonly columns?: number
  /** A whole number from 1 to 1000. */
  readonly rows?: number
}

/** One object for all sessions: few set a size. */
const UNCHOSEN: TerminalSize = {}

/** The current facts about a session's user: from the connection, the login, and the terminal. */
export class SessionFacts {
  readonly #connection: ConnectionFacts
  /** The terminal as the connection reports it. */
  #told: Terminal
  #terminal: Terminal
  #chosen: TerminalSize = UNCHOSEN
  /** Initially the shell's option; `setPaging` checks what the program sets. */
  paging: boolean | number
  #pagingIsSet = false
  environment: Environment
  /** `undefined` until a login. */
  identity: Identity | undefined

  constructor(
    connection: ConnectionFacts,
    authenticator: Required<Pick<Authenticator, 'identify'>>,
    pagesByDefault: boolean = false,
  ) {
    this.#connection = connection
    this.#told = this.#terminal = connection.terminal ?? UNKNOWN_TERMINAL
    this.paging = pagesByDefault
    this.environment = connection.environment
    this.identity = connection.identity && authenticator.identify(connection.identity)
  }

  /** Unique within the process. */
  get id(): string {
    return this.#connection.id
  }

  get peer(): Peer {
    return this.#connection.peer
  }

  get request(): ConnectionRequest {
    return this.#connection.request
  }

  /** Whether a person sits at a terminal. */
  get interactive(): boolean {
    return this.#connection.terminal !== undefined
  }

  /**
   * Whether colours are off: without a terminal, without its ability, or by the user's wish
   * (no-color.org).
   */
  get colourless(): boolean {
    return !this.interactive || this.terminal.type === 'dumb' || !!this.environment['NO_COLOR']
  }

  /**
   * Whether a person requests a shell; programs and single commands receive only what they have
   * asked for.
   */
  get greeted(): boolean {
    return this.interactive && this.request.type === 'shell'
  }

  /** The same, unless the transport has shown the banner. */
  get bannerDue(): boolean {
    return this.greeted && this.#connection.bannerShown !== true
  }

  /** What the authentication returned for the login. */
  get user(): unknown {
    return this.identity?.user
  }

  /** The key of the account; empty without authentication. */
  get account(): string {
    return this.identity?.account ?? ''
  }

  /** As given at login; empty without authentication. */
  get name(): string {
    return this.identity?.name ?? ''
  }

  /** The effective terminal: as reported, except for the size that the program has set. */
  get terminal(): Terminal {
    return this.#terminal
  }

  /** Records the reported terminal. Returns the effective one: a size set by the program stays. */
  tell(terminal: Terminal, environment: Environment = this.environment): Terminal {
    this.environment = environment
    this.#told = terminal
    return (this.#terminal = chosenOf(terminal, this.#chosen))
  }

  /** Sets the program's size, replacing an earlier one. Returns the effective terminal. */
  resize(size: TerminalSize): Terminal {
    this.#chosen = { ...checked('columns', size.columns), ...checked('rows', size.rows) }
    return this.tell(this.#told)
  }

  setPaging(paging: boolean | number): void {
    if (typeof paging !== 'boolean' && !(Number.isSafeInteger(paging) && paging >= 0))
      throw optionError('session.paging', paging, 'it is true, false, or a whole number of rows, 0 for none')
    this.paging = paging
    this.#pagingIsSet = true
  }

  /**
   * The size of a page; `undefined` without paging. A peer in line mode may be a pipe, whose next
   * commands would count as answers. So it is paged only if the program has set paging in this
   * session.
   */
  get pageSize(): PageSize | undefined {
    if (!this.interactive || (this.#pagingIsSet && (this.paging === false || this.paging === 0))) return undefined
    if (!this.#pagingIsSet && this.#terminal.input === 'line') return undefined
    return pageSize(this.paging, this.#terminal)
  }
}

function checked(name: keyof TerminalSize, value: number | undefined): TerminalSize {
  if (value === undefined) return {}
  const most = LARGEST_WINDOW[name]
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return { [name]: value }
  throw optionError(`resize.${name}`, value, `it is a whole number from 1 to ${most}`)
}

/** Returns the terminal in the set size; the same object if none is set. */
function chosenOf(terminal: Terminal, chosen: TerminalSize): Terminal {
  const { columns, rows } = chosen
  if (columns === undefined && rows === undefined) return terminal
  return { ...terminal, ...chosen, sized: terminal.sized || columns !== undefined }
}
