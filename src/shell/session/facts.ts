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

/** How large a program wants a terminal to be taken for. */
export interface TerminalSize {
  /** A whole number from 1 to 1000. */
  readonly columns?: number
  /** The same. */
  readonly rows?: number
}

/** One object for all sessions: few choose. */
const UNCHOSEN: TerminalSize = {}

/** What is known of a session's user, now: of the connection, of the login, and of the terminal as it changes. */
export class SessionFacts {
  readonly #connection: ConnectionFacts
  /** The terminal as the connection tells of it. */
  #told: Terminal
  #terminal: Terminal
  #chosen: TerminalSize = UNCHOSEN
  /** Begins as the shell's option; `setPaging` checks what the program sets. */
  paging: boolean | number
  #pagingIsSet = false
  environment: Environment
  /** `undefined` until somebody has logged in. */
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

  /** Somebody sits at a terminal. */
  get interactive(): boolean {
    return this.#connection.terminal !== undefined
  }

  /**
   * Nobody is to be shown colours: no terminal is there, it has none, or its user wants none
   * (no-color.org).
   */
  get colourless(): boolean {
    return !this.interactive || this.terminal.type === 'dumb' || !!this.environment['NO_COLOR']
  }

  /** A person wants a shell; programs and single commands are told nothing but what they have asked for. */
  get greeted(): boolean {
    return this.interactive && this.request.type === 'shell'
  }

  /** The same, and it has not been told the banner by its transport. */
  get bannerDue(): boolean {
    return this.greeted && this.#connection.bannerShown !== true
  }

  /** What the authentication made of the login. */
  get user(): unknown {
    return this.identity?.user
  }

  /** What the account is known by; empty where nobody was asked. */
  get account(): string {
    return this.identity?.account ?? ''
  }

  /** As given at login; empty where nobody was asked. */
  get name(): string {
    return this.identity?.name ?? ''
  }

  /** As it is to be taken: as the connection tells, but for what the program has chosen. */
  get terminal(): Terminal {
    return this.#terminal
  }

  /**
   * The connection tells of its terminal again. Returns it as it is to be taken: what the program
   * has chosen stays.
   */
  tell(terminal: Terminal, environment: Environment = this.environment): Terminal {
    this.environment = environment
    this.#told = terminal
    return (this.#terminal = chosenOf(terminal, this.#chosen))
  }

  /**
   * The program chooses a size, in place of what it has chosen before. Returns the terminal as it
   * is to be taken.
   */
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
   * The size of a page; `undefined`: nothing is paged. A peer in line mode may be a pipe, whose
   * next commands would be taken for answers: it is paged only where the program has said so in
   * this session.
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

/** The same object where nothing is chosen. */
function chosenOf(terminal: Terminal, chosen: TerminalSize): Terminal {
  const { columns, rows } = chosen
  if (columns === undefined && rows === undefined) return terminal
  return { ...terminal, ...chosen, sized: terminal.sized || columns !== undefined }
}
