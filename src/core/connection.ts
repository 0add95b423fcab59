/**
 * One peer, and the only thing that transports and shells share. Telnet, SSH with and without a
 * PTY, a browser, the local terminal, the tests' in-memory connection and a bridge to a worker
 * thread all implement it. A shell cannot distinguish them. Facts and events are plain data for
 * `structuredClone`, so that a bridge is a few lines.
 */
export interface Connection {
  /** What is known of the peer when the connection opens. `terminal` events bring later changes. */
  readonly facts: ConnectionFacts

  /**
   * What carries it, if that may carry other connections as well (SSH): the same object for each.
   * Limits hold for all of them together.
   */
  readonly carrier?: object | undefined

  /** Sends input to `sink` from now on, in order. Called once. No earlier input is lost. */
  start(sink: ConnectionSink): void
  /**
   * Stops the input until `resume`. Input in transit may still come; events other than text always
   * do.
   */
  pause(): void
  /** Asks for input again. */
  resume(): void

  /**
   * Sends text; `\n` ends a line, whatever the peer's convention is. Never throws, even after the
   * peer has left. Returns `false` under back-pressure, or when it is the turn of other sessions:
   * then await `drained()` before you write more.
   */
  write(text: string, stream?: OutputStream): boolean
  /** Sends bytes unchanged, in order with text. Returns the same as `write`. */
  writeBytes(bytes: Uint8Array, stream?: OutputStream): boolean
  /**
   * Whether more waits for the peer than the connection is meant to hold. Cheap, since every key
   * reads it. `false` once the connection is closed.
   */
  readonly needsDrain: boolean
  /** The bytes so far, if the transport counts them. */
  readonly traffic?: Traffic | undefined
  /**
   * What is written and not yet accepted by the peer's system: bytes, or characters that are not
   * yet encoded.
   */
  readonly queued: number
  /**
   * Resolves when `write` would return `true` again, and when the connection closes. Never rejects.
   */
  drained(): Promise<void>

  /**
   * Makes Ctrl-Z arrive as text from now on, since the shell uses it. If absent, it always does.
   */
  takeSuspendKey?(): void

  /** Asks the peer to hide the input, if the peer's side shows it (line mode). */
  hideInput(hidden: boolean): void
  /** Marks the end of a prompt for clients that use it (telnet's GA and EOR). */
  promptEnd(): void

  /** Delivers all output, sends the status if the protocol can, and closes. Then comes `closed`. */
  end(end: ConnectionEnd): void
  /** Closes at once; undelivered output is lost. Then comes `closed`. */
  abort(reason: string): void
}

/** The stream that output belongs to. */
export type OutputStream = 'stdout' | 'stderr'

/**
 * The bytes of a session. Over telnet these are all bytes of its socket; over SSH the data of its
 * own channel, before encryption.
 */
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
  /**
   * The peer's identity, if the transport has authenticated it or its listener sets it. If absent,
   * the shell must ask.
   */
  readonly identity?: Identity
  /**
   * Whether the transport has shown `Authenticator.banner` in a login of its own. If absent, the
   * shell shows it.
   */
  readonly bannerShown?: true
  /** The environment that the peer sends. Untrusted; bounded by the transport. */
  readonly environment: Environment
  /** Absent for a peer without a terminal: a pipe. */
  readonly terminal?: Terminal
  /** Whether time limits are off, as for this process's own terminal. If absent, they hold. */
  readonly untimed?: true
}

/** The address of a peer, and how it is connected. */
export interface Peer {
  /** `telnet`, `ssh`, `web`, `local`, `memory`, … */
  readonly transport: string
  /** The peer's address, in the notation of its system; absent if there is none. */
  readonly address?: string
  /** The peer's port. */
  readonly port?: number
  /** The server's own address. */
  readonly localAddress?: string
  /** Whether the connection is encrypted, or stays on this machine's own terminal. */
  readonly secure: boolean
}

/** What the peer requests: a shell to type into, or one command (`ssh host command`). */
export type ConnectionRequest = { readonly type: 'shell' } | { readonly type: 'exec'; readonly command: string }

/**
 * The result of an authentication: the name given at login, and what the shell's method returned.
 */
export interface Identity {
  /** The name given at login. */
  readonly name: string
  /** Becomes `session.user`. */
  readonly user: unknown
  /** The key of the account. If absent, `Authenticator.identify` returns it. */
  readonly account?: string
  /** Whether it needed more proof than a name. If absent, any peer may claim it. */
  readonly proved?: true
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string>>

/** The terminal at the other end, as far as it is known. */
export interface Terminal {
  /**
   * The terminal's own name, lower-case: `xterm-256color`. Empty while unknown: then it may be any
   * terminal.
   */
  readonly type: string
  /** At least 1; 80 until the terminal sends a size. */
  readonly columns: number
  /** At least 1; 24 until the terminal sends a size. */
  readonly rows: number
  /** Whether the terminal has sent its width. Without it, output that is not drawn is never cut. */
  readonly sized: boolean
  /**
   * `character`: each key arrives as it is pressed, and the server echoes and edits. `line`: the
   * peer does both, and sends whole lines.
   */
  readonly input: 'character' | 'line'
  /**
   * In line mode: the peer has been asked to leave echo and editing to the server, and has not
   * replied yet.
   */
  readonly asked?: 'character' | undefined
  /**
   * Whether its program writes lines of its own when character mode begins: the text before them is
   * then shown again.
   */
  readonly announcesMode: boolean
  /** The encoding on the wire. Inside, all text is JavaScript strings. */
  readonly encoding: string
  /**
   * Whether input can be hidden: always in character mode; in line mode if the peer's side obeys.
   */
  readonly canHide: boolean
  /** Whether a screen reader is active (MTTS bit 64): then the cursor never moves about. */
  readonly screenReader: boolean
  /** The keys of the terminal's own settings, from an SSH client's PTY modes (RFC 4254 §8). */
  readonly modes: TerminalModes
}

/**
 * Each is a single character, or absent for the default. The editor's key map binds the editing
 * keys.
 */
export interface TerminalModes {
  /** Interrupts, as Ctrl-C does. */
  readonly interrupt?: string
}

/** A terminal that has sent nothing about itself. */
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

/** The largest accepted window; terminals have claimed 0 and 65,535. */
export const LARGEST_WINDOW = { columns: 1000, rows: 1000 } as const

/**
 * Returns a peer's window size, made safe: 0 or nonsense keeps the old value, large ones are
 * clamped.
 */
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

/**
 * Receives a connection's input. Text has a method of its own, because that is the hot path: no
 * object per key.
 */
export interface ConnectionSink {
  /**
   * Takes text as it comes, in pieces of any size. At a terminal, in line mode too, `\r` is Enter,
   * and `\n` another: send one of them for each line. Without a terminal only `\n` ends a line.
   */
  text(text: string): void
  /** Takes anything else, in order with the text. */
  event(event: ConnectionEvent): void
}

/** What a connection tells besides text. */
export type ConnectionEvent =
  /** Bytes that are no text, if a transport carries such. */
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** Ctrl-C by protocol (telnet IP, SSH signal INT). */
  | { readonly type: 'interrupt' }
  /** A break (telnet BRK, SSH `break`). Acts as an interrupt by default. */
  | { readonly type: 'break' }
  /** Another signal, by its POSIX name without SIG: `TERM`, `HUP`, `USR1`. */
  | { readonly type: 'signal'; readonly name: string }
  /** Telnet AYT: the user requests a sign of life on the screen. */
  | { readonly type: 'are-you-there' }
  /**
   * The end of the input; output continues (a half-closed socket, `ssh -T` at the end of its
   * stdin).
   */
  | { readonly type: 'end-of-input' }
  /** A change of the terminal or the environment, with all of both. */
  | { readonly type: 'terminal'; readonly terminal: Terminal; readonly environment: Environment }
  /**
   * The process is about to write this on the terminal past the session, whose input must make
   * room.
   */
  | { readonly type: 'process-output'; readonly text: string }
  /** The last event: none follows, and further output is dropped. */
  | { readonly type: 'closed'; readonly reason: string }

/** How a connection ends. */
export interface ConnectionEnd {
  /** Why, in a word or two, for the log: `exit`, `idle`, `shutdown`. */
  readonly reason: string
  /**
   * 0 to 255; shells give no other number. A transport sends 255 for any other, which another host
   * may give.
   * @default 0
   */
  readonly status?: number
  /** The signal that ended the session, by its POSIX name without SIG, instead of a status. */
  readonly signal?: string
}
