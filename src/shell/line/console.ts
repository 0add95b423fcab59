import type { Cancel, Clock } from '../../core/clock.ts'
import type {
  Connection,
  ConnectionEvent,
  ConnectionSink,
  Environment,
  OutputStream,
  Terminal,
} from '../../core/connection.ts'
import { LineReader } from './reader.ts'
import type { ReadRequest } from './request.ts'
import { Screen } from './screen.ts'
import { TimeSlice } from './time-slice.ts'
import { TypeAhead } from './type-ahead.ts'

/** Whom the console tells what is no part of a line. */
export interface ConsoleUser {
  /** The command that runs now. */
  readonly running: object | undefined
  /** Ctrl-C, IP or a break while nothing is read. */
  interrupted(): void
  /** No more input comes. What came before is still read. */
  inputEnded(): void
  signalled(name: string): void
  /** Returns the terminal as the program wants it taken. */
  terminalChanged(terminal: Terminal, environment: Environment): Terminal
  /** The connection is gone. */
  closed(reason: string): void
  /** Something that the shell was given (a prompt, a voice, a reader) has thrown where nobody else looks after it. */
  faulted(error: unknown): void
}

/**
 * Where input meets output, and the only place where it does. Input waits here until somebody reads a line; output that comes while a line is read
 * goes above it. Between lines (while a command runs) only interrupts pass.
 *
 * What waits is bounded: a terminal in character mode is read on, so that an interrupt arrives, and what is too much is dropped with a bell; any other
 * peer is paused, and nothing of its input is dropped. While more output waits than the peer takes, no input of its is read.
 */
export class Console implements ConnectionSink {
  readonly #connection: Connection
  readonly #clock: Clock
  readonly #user: ConsoleUser
  readonly #screen: Screen
  readonly #reader: LineReader
  readonly #ahead: TypeAhead = new TypeAhead()
  readonly #share: TimeSlice
  #terminal: Terminal | undefined
  #pumping = false
  #paused = false
  #congested = false
  #inputEnded = false
  /** What is typed meanwhile comes after it. */
  #interruptDue = false
  #closed = false
  #cancelExpiry: Cancel | undefined

  /** `marksPaste`: whether terminals that can are asked to mark what is pasted. */
  constructor(connection: Connection, clock: Clock, user: ConsoleUser, marksPaste: boolean = true) {
    this.#connection = connection
    this.#clock = clock
    this.#share = new TimeSlice(clock)
    this.#user = user
    this.#terminal = connection.facts.terminal
    this.#screen = new Screen(connection, marksPaste)
    this.#reader = new LineReader(connection, this.#screen, this.#share)
  }

  /** Is a line being read? */
  get reading(): boolean {
    return this.#reader.request !== undefined
  }

  /** For whom. */
  get request(): ReadRequest | undefined {
    return this.#reader.request
  }

  /** The input has ended, and all of it has been read. */
  get exhausted(): boolean {
    return this.#inputEnded && this.#ahead.length === 0 && !this.#reader.waiting
  }

  /** Reads a line: shows the prompt, and takes what was typed ahead. */
  read(request: ReadRequest): void {
    this.#reader.begin(request)
    this.#pump()
  }

  /** Stops reading, without an answer to the request. */
  cancelRead(): void {
    this.#cancelExpiry?.()
    this.#reader.cancel()
  }

  /** Writes output, at any time; answers as `Connection.write`. */
  write(text: string, stream?: OutputStream): boolean {
    this.#reader.refresh()
    return this.#screen.write(text, stream)
  }

  /** Writes lines of their own: from column 0, and ended. */
  writeLines(text: string, stream?: OutputStream): boolean {
    this.#reader.refresh()
    return this.#screen.writeLines(text, stream)
  }

  /** Rows above the input, or alone while nothing is read; answers whether they can be drawn. A peer that has not taken what was drawn is drawn no more. */
  showStatus(rows: readonly string[]): boolean {
    if (rows.length > 0 && this.#connection.queued > 0) return this.#screen.drawing === 'cursor'
    this.#reader.refresh()
    return this.#screen.showStatus(rows)
  }

  /**
   * Ctrl-C, however it came. Those that a turn has no time for are one, in a later turn: each may
   * cost a new prompt.
   */
  interrupt(): void {
    if (this.#interruptDue) return
    this.#share.count(0)
    if (!this.#share.usedUp) return this.#interruptNow()
    this.#interruptDue = true
    this.#clock.soon(() => {
      this.#interruptDue = false
      this.#share.begin()
      if (!this.#closed) this.#guarded(() => this.#interruptNow())
    })
  }

  #interruptNow(): void {
    if (this.reading) this.#reader.interrupt()
    else this.#user.interrupted()
    this.#pump()
  }

  /** The program has chosen a size, which the terminal knows nothing of. */
  resize(terminal: Terminal): void {
    if (this.#terminal !== undefined && !this.#closed) this.#changeTerminal(terminal, false)
  }

  // What the connection tells.

  text(text: string): void {
    if (this.#closed) return
    this.#ahead.add(text)
    this.#share.begin()
    // As `#guarded`, without a closure for each key.
    try {
      if (this.reading) this.#pump()
      else this.#wait(text)
    } catch (error) {
      this.#user.faulted(error)
    }
  }

  event(event: ConnectionEvent): void {
    if (!this.#closed) this.#guarded(() => this.#heed(event))
  }

  /** Whatever comes from outside comes in here: nothing that the shell was given may throw back at a transport, or at a timer. */
  #guarded(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#user.faulted(error)
    }
  }

  #heed(event: ConnectionEvent): void {
    switch (event.type) {
      case 'bytes':
        return
      case 'interrupt':
      case 'break':
        this.#ahead.clear()
        this.#reader.forget()
        return this.interrupt()
      case 'signal':
        // The process was suspended: somebody else has written on its terminal meanwhile.
        if (event.name === 'CONT') return void this.#reader.redrawn()
        return this.#user.signalled(event.name)
      case 'are-you-there':
        this.writeLines('[Yes]')
        return
      case 'process-output':
        this.#reader.refresh()
        return this.#screen.giveWay(event.text)
      case 'end-of-input':
        return this.#endInput()
      case 'terminal':
        return this.#changeTerminal(this.#user.terminalChanged(event.terminal, event.environment))
      case 'closed':
        return this.#close(event.reason)
    }
  }

  /** Input ends once, however often the peer says so. */
  #endInput(): void {
    if (this.#inputEnded) return
    this.#inputEnded = true
    this.#user.inputEnded()
    this.#pump()
  }

  /** `rewraps`: it has wrapped its rows by its new size. */
  #changeTerminal(terminal: Terminal, rewraps: boolean = true): void {
    this.#terminal = terminal
    this.#reader.changeTerminal(terminal, rewraps)
    this.#regulate()
  }

  #close(reason: string): void {
    this.#closed = true
    this.#cancelExpiry?.()
    this.#ahead.clear()
    this.#user.closed(reason)
  }

  /**
   * Reads what has been typed, as long as somebody wants to. Never enters itself: a command that ends at once asks for the next line from within, and
   * the loop goes on with it.
   */
  #pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    this.#cancelExpiry?.()
    do {
      while (this.reading && (this.#ahead.length > 0 || this.#reader.waiting) && !this.#isCongested()) {
        const before = this.#ahead.length
        this.#ahead.feed(this.#reader)
        this.#share.count(before - this.#ahead.length)
      }
      // What is typed faster than it is read shows when all of it has been read.
      if (this.#ahead.length === 0 || !this.#share.usedUp) this.#reader.refresh()
      this.#regulate()
      // A connection may hand on what it has held back as soon as it is asked for more: within this very call.
    } while (this.reading && this.#ahead.length > 0 && !this.#congested && !this.#interruptDue)
    if (this.#ahead.length === 0 && !this.#reader.waiting) this.#consumed()
    this.#pumping = false
    // What came in one piece with the line that has started a command may be meant for that command: Ctrl-C.
    if (!this.reading && this.#ahead.length > 0) this.#wait()
  }

  /** All input has been read. */
  #consumed(): void {
    while (this.#inputEnded && this.reading) this.#reader.endInput()
    if (this.#reader.patience > 0 && this.reading) this.#armExpiry()
  }

  #armExpiry(): void {
    this.#cancelExpiry = this.#clock.after(this.#reader.patience, () =>
      this.#guarded(() => {
        this.#reader.expire()
        this.#pump()
      }),
    )
  }

  /** What is typed waits: until the peer has read what was written, or until the others have had their turn. */
  #isCongested(): boolean {
    if (this.#congested || this.#interruptDue) return true
    const flows = !this.#connection.needsDrain
    if (flows && !this.#share.usedUp) return false
    this.#congested = true
    if (flows) this.#clock.soon(() => this.#goOn())
    else void this.#connection.drained().then(() => this.#goOn())
    return true
  }

  #goOn(): void {
    this.#congested = false
    this.#share.begin()
    this.#guarded(() => this.#pump())
  }

  /** Input waits that nobody reads now. `news`: the part of it that has not waited before; by default all of it. */
  #wait(news?: string): void {
    if (this.#byCharacter && this.#isInterrupted(news)) {
      this.#reader.forget()
      return this.interrupt()
    }
    this.#regulate()
    if (!this.#ahead.full || !this.#mustHear) return
    this.#ahead.trim()
    // One is enough for a turn, and for a peer that takes nothing.
    if (this.#connection.queued === 0) this.#screen.bell()
  }

  /** To look through all that waits for each key would cost its peer nothing and us 60 µs. */
  #isInterrupted(news: string | undefined): boolean {
    const interrupt = this.#terminal?.modes.interrupt ?? CTRL_C
    return (news?.includes(interrupt) ?? true) && this.#ahead.dropInterrupted(interrupt)
  }

  /** Asks for as much input as there is use for. */
  #regulate(): void {
    const enough = !this.#mustHear && (this.#paused ? this.#ahead.length > 0 : this.#ahead.full)
    const pause = this.#congested || enough
    if (pause === this.#paused) return
    this.#paused = pause
    if (pause) this.#connection.pause()
    else this.#connection.resume()
  }

  /** Where an interrupt is a character it must be able to come, past whatever is typed ahead, as long as there is a command that it can end. */
  get #mustHear(): boolean {
    return this.#byCharacter && this.#user.running !== undefined
  }

  get #byCharacter(): boolean {
    return this.#terminal?.input === 'character'
  }
}

const CTRL_C = '\x03'
