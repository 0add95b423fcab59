/**
 * The connection: one peer, and the only thing that transports and shells both know. Telnet, SSH with and without a PTY,
 * a browser, the local terminal, the in-memory one of the tests and a bridge to a worker thread all fit it, and a shell cannot
 * tell them apart. Facts and events are plain data that `structuredClone` takes, so that a bridge is a few lines.
 */
export interface Connection {
  /** What is known of the peer when the connection is opened. `terminal` events bring what changes later. */
  readonly facts: ConnectionFacts

  /**
   * What carries it, where that may carry other connections as well (SSH): the same object for
   * each. Limits hold for all of them together.
   */
  readonly carrier?: object | undefined

  /** Input flows to `sink` from now on, in the order in which it was sent. Called once. Nothing that came earlier is lost. */
  start(sink: ConnectionSink): void
  /** Asks for no more input until `resume`. What is already under way may still come; events other than text always do. */
  pause(): void
  /** Asks for input again. */
  resume(): void

  /**
   * Sends text; `\n` ends a line, whatever the peer's convention is. Never throws, also when the peer is gone.
   * Returns `false` when more than the connection cares to hold is waiting, or it is the others'
   * turn: then await `drained()` before going on.
   */
  write(text: string, stream?: OutputStream): boolean
  /** Sends bytes as they are, in order with text. Same answer as `write`. */
  writeBytes(bytes: Uint8Array, stream?: OutputStream): boolean
  /**
   * More than the connection cares to hold is waiting for its peer. Cheap: it is read for each key.
   * `false` once the connection is closed.
   */
  readonly needsDrain: boolean
  /** Bytes so far, where the transport counts them. */
  readonly traffic?: Traffic | undefined
  /** How much is written and not yet taken by the peer's system: bytes, or characters where they are not yet encoded. */
  readonly queued: number
  /** Resolves when `write` would answer `true` again, and when the connection is closed. Never rejects. */
  drained(): Promise<void>

  /** The shell has a use of its own for Ctrl-Z: it comes as text from now on. Absent: it always does. */
  takeSuspendKey?(): void

  /** Asks the peer's side not to show what is typed, where it is the one that shows it (line mode). */
  hideInput(hidden: boolean): void
  /** Marks the end of a prompt for clients that want to know (telnet's GA and EOR). */
  promptEnd(): void

  /** Delivers all that was written, tells the peer the status where the protocol can, and closes. Then comes `closed`. */
  end(end: ConnectionEnd): void
  /** Closes at once; what was not delivered is lost. Then comes `closed`. */
  abort(reason: string): void
}

/** The stream that output belongs to. */
export type OutputStream = 'stdout' | 'stderr'

/** Bytes of a session: over telnet all that its socket has carried; over SSH the data of its own channel, before encryption. */
export interface Traffic {
  /** Bytes that came from the peer. */
  readonly received: number
  /** Bytes that went to the peer. */
  readonly sent: number
}

/** What is known of a peer when its connection is opened. */
export interface ConnectionFacts {
  /** Unique within the process. */
  readonly id: string
  /** Where the peer is. */
  readonly peer: Peer
  /** What the peer wants. */
  readonly request: ConnectionRequest
  /** Who the peer is, where the transport has authenticated it or its listener says so; absent = the shell must ask. */
  readonly identity?: Identity
  /**
   * The transport has shown `Authenticator.banner` in a login of its own. Absent: the shell shows
   * it.
   */
  readonly bannerShown?: true
  /** What the peer says of its environment. Untrusted; bounded by the transport. */
  readonly environment: Environment
  /** Absent: no terminal at the other end, a pipe. */
  readonly terminal?: Terminal
  /**
   * The user may take as long as they like: limits of time do not hold. For this process's own
   * terminal. Absent: they hold.
   */
  readonly untimed?: true
}

/** Where a peer is. */
export interface Peer {
  /** `telnet`, `ssh`, `web`, `local`, `memory`, … */
  readonly transport: string
  /** The peer's address, in the notation of its system; absent where there is none. */
  readonly address?: string
  /** The peer's port. */
  readonly port?: number
  /** Our side's address. */
  readonly localAddress?: string
  /** The connection is encrypted, or does not leave this machine's own terminal. */
  readonly secure: boolean
}

/** What the peer wants: a shell to type into, or one command run (`ssh host command`). */
export type ConnectionRequest = { readonly type: 'shell' } | { readonly type: 'exec'; readonly command: string }

/**
 * The result of an authentication: the name given at login, and what the shell's method made of it.
 */
export interface Identity {
  /** The name given at login. */
  readonly name: string
  /** Becomes `session.user`. */
  readonly user: unknown
  /** What the account is known by. Absent: the shell is to say it, by `Authenticator.identify`. */
  readonly account?: string
  /** It took more than a name to be this. Absent: anybody may say so. */
  readonly proved?: true
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string>>

/** A terminal at the other end, as far as it is known. */
export interface Terminal {
  /** The name it gives itself, lower-case: `xterm-256color`. Empty while it has given none: then it may be anything. */
  readonly type: string
  /** At least 1. 80 until the terminal says otherwise. */
  readonly columns: number
  /** At least 1. 24 until the terminal says otherwise. */
  readonly rows: number
  /**
   * It has told how wide it is. What is only written, and not drawn, is not cut for one that has
   * not.
   */
  readonly sized: boolean
  /** `character`: each key comes as it is pressed, and we echo and edit. `line`: the peer's side does, and sends whole lines. */
  readonly input: 'character' | 'line'
  /** In line mode: the peer has been asked to leave echo and editing to us, and has yet to answer. */
  readonly asked?: 'character' | undefined
  /**
   * Its program writes lines of its own when character mode begins: what stood before them is to be
   * shown once more.
   */
  readonly announcesMode: boolean
  /** Text on the wire. Everything inside is JavaScript strings. */
  readonly encoding: string
  /** Whether input can be kept off the peer's screen: always in character mode; in line mode where the peer's side obeys. */
  readonly canHide: boolean
  /** A screen reader is at work (MTTS bit 64): no cursor games. */
  readonly screenReader: boolean
  /** What the terminal's own settings bind, as an SSH client's PTY modes tell (RFC 4254 §8). */
  readonly modes: TerminalModes
}

/** Each a single character, or absent for the default. What edits is bound by the editor's key map. */
export interface TerminalModes {
  /** Interrupts, as Ctrl-C does. */
  readonly interrupt?: string
}

/** A terminal that has said nothing of itself. */
export const UNKNOWN_TERMINAL: Terminal = {
  type: '',
  columns: 80,
  rows: 24,
  sized: false,
  input: 'line',
  announcesMode: false,
  encoding: 'utf-8',
  canHide: false,
  screenReader: false,
  modes: {},
}

/** The largest window that is believed; terminals have claimed 0 and 65,535. */
export const LARGEST_WINDOW = { columns: 1000, rows: 1000 } as const

/** A size as a peer gives it, made fit to compute with: 0 or nonsense leaves the old value, large ones are clamped. */
export function windowSize(
  columns: number,
  rows: number,
  old: Pick<Terminal, 'columns' | 'rows' | 'sized'>,
): Pick<Terminal, 'columns' | 'rows' | 'sized'> {
  return {
    columns: isSize(columns) ? Math.min(columns, LARGEST_WINDOW.columns) : old.columns,
    rows: isSize(rows) ? Math.min(rows, LARGEST_WINDOW.rows) : old.rows,
    sized: old.sized || isSize(columns),
  }
}
function isSize(given: number): boolean {
  return Number.isInteger(given) && given > 0
}

/** Takes a connection's input. Text has a method of its own because it is the hot path: no object per key. */
export interface ConnectionSink {
  /** Takes text as it comes, in pieces of any size. */
  text(text: string): void
  /** Takes anything else, in order with the text. */
  event(event: ConnectionEvent): void
}

/** What a connection tells besides text. */
export type ConnectionEvent =
  /** Bytes that are no text, where a transport carries such. */
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** Ctrl-C by protocol (telnet IP, SSH signal INT). */
  | { readonly type: 'interrupt' }
  /** A break (telnet BRK, SSH `break`). Acts as an interrupt unless the program says otherwise. */
  | { readonly type: 'break' }
  /** Another signal, by its POSIX name without SIG: `TERM`, `HUP`, `USR1`. */
  | { readonly type: 'signal'; readonly name: string }
  /** Telnet AYT: the user wants a sign of life, on the screen. */
  | { readonly type: 'are-you-there' }
  /** No more input will come; output still goes out (a half-closed socket, `ssh -T` at the end of its stdin). */
  | { readonly type: 'end-of-input' }
  /** The terminal or the environment has changed: here is all of it. */
  | { readonly type: 'terminal'; readonly terminal: Terminal; readonly environment: Environment }
  /**
   * The process is about to write this on the terminal past the session, whose input is to make
   * room.
   */
  | { readonly type: 'process-output'; readonly text: string }
  /** The last event: nothing comes after it, and nothing that is written goes anywhere. */
  | { readonly type: 'closed'; readonly reason: string }

/** How a connection ends. */
export interface ConnectionEnd {
  /** Why, in a word or two, for the record: `exit`, `idle`, `shutdown`. */
  readonly reason: string
  /**
   * 0 to 255; any other number is 255.
   * @default 0
   */
  readonly status?: number
  /** The signal that ended the session, by its POSIX name without SIG, instead of a status. */
  readonly signal?: string
}
