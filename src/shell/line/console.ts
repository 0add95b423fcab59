import type { Cancel } from '../../core/time/clock.ts'
import type { Connection, ConnectionEvent, ConnectionSink, OutputStream, Terminal } from '../../core/connection.ts'
import type { SessionServices } from '../../core/transport.ts'
import type { ConsoleUser } from './console-user.ts'
import { FlowControl } from './flow-control.ts'
import { PipedReader } from './piped-reader.ts'
import { LineReader } from './reader.ts'
import type { RequestReader } from './request-reader.ts'
import type { ReadRequest } from './request.ts'
import { Screen } from './screen.ts'
import { TimeSlice } from './time-slice.ts'
import { TypeAhead } from './type-ahead.ts'

/** Where a console takes its time from. */
export type SessionTime = Pick<SessionServices, 'clock' | 'scheduler'>

/**
 * Where input meets output, and the only place where it does. Input waits here until a line is
 * read; output that comes while a line is read goes above it. While a command runs, only interrupts
 * pass.
 *
 * What waits is bounded. A terminal in character mode is read on, so that an interrupt arrives;
 * what is too much is dropped with a bell. Any other peer is paused, and none of its input is
 * dropped. While more output waits than the peer takes, none of its input is read.
 */
export class Console implements ConnectionSink {
  readonly #connection: Connection
  readonly #time: SessionTime
  readonly #user: ConsoleUser
  readonly #screen: Screen
  readonly #reader: RequestReader
  readonly #ahead: TypeAhead = new TypeAhead()
  readonly #slice: TimeSlice
  readonly #flow: FlowControl
  #looping = false
  /** Nothing is read before a later turn, or before the peer has read. */
  #held = false
  #inputEnded = false
  /** What is typed meanwhile comes after it. */
  #interruptDue = false
  #closed = false
  #cancelExpiry: Cancel | undefined

  /** `marksPaste`: whether terminals that can are asked to mark what is pasted. */
  constructor(connection: Connection, time: SessionTime, user: ConsoleUser, marksPaste: boolean = true) {
    this.#connection = connection
    this.#time = time
    this.#slice = new TimeSlice(time.scheduler)
    this.#user = user
    this.#flow = new FlowControl(connection, this.#ahead, user)
    this.#screen = new Screen(connection, marksPaste)
    const { terminal } = connection.facts
    this.#reader = terminal
      ? new LineReader(connection, terminal, this.#screen, this.#slice)
      : new PipedReader(connection)
  }

  /** Is a line being read? */
  get reading(): boolean {
    return this.#reader.request !== undefined
  }

  /** The input has ended, and all of it has been read. */
  get exhausted(): boolean {
    return this.#inputEnded && this.#ahead.length === 0 && !this.#reader.waiting
  }

  /** Reads a line: shows the prompt, and takes what was typed ahead. */
  read(request: ReadRequest): void {
    this.#reader.begin(request)
    this.run()
  }

  /** Stops reading, without an answer to the request. */
  cancelRead(): void {
    this.#cancelExpiry?.()
    this.#reader.cancel()
  }

  /** Writes output, at any time; returns what `Connection.write` does. */
  write(text: string, stream?: OutputStream): boolean {
    if (this.#reader.stale) this.#reader.refresh()
    return this.#screen.write(text, stream)
  }

  /** Writes lines of their own: from column 0, and ended. */
  writeLines(text: string, stream?: OutputStream): boolean {
    if (this.#reader.stale) this.#reader.refresh()
    return this.#screen.writeLines(text, stream)
  }

  /** Shows rows above the input; returns whether it can. A peer that is behind is drawn no more. */
  showStatus(rows: readonly string[]): boolean {
    if (rows.length > 0 && this.#connection.queued > 0) return this.#screen.display.drawing === 'cursor'
    this.#reader.refresh()
    return this.#screen.showStatus(rows)
  }

  /** Ctrl-C, however it came. Those that a turn has no time for are one, in a later turn. */
  interrupt(): void {
    if (this.#interruptDue) return
    this.#slice.count(0)
    if (!this.#slice.usedUp) return this.#interruptNow()
    this.#interruptDue = true
    this.#time.scheduler.defer(() => {
      this.#interruptDue = false
      this.#slice.begin()
      if (!this.#closed) this.#guarded(() => this.#interruptNow())
    })
  }

  #interruptNow(): void {
    if (this.reading) this.#reader.interrupt()
    else this.#user.interrupted()
    this.run()
  }

  /** The program has chosen a size, which the terminal knows nothing of. */
  resize(terminal: Terminal): void {
    if (this.#flow.terminal !== undefined && !this.#closed) this.#changeTerminal(terminal, false)
  }

  // What the connection tells.

  text(text: string): void {
    if (this.#closed) return
    this.#ahead.add(text)
    this.#slice.begin()
    if (this.#reader.request !== undefined) this.run()
    else this.#guarded(() => this.#wait(text))
  }

  event(event: ConnectionEvent): void {
    if (!this.#closed) this.#guarded(() => this.#handle(event))
  }

  /** Nothing that the shell was given may throw back at a transport, or at a timer. */
  #guarded(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#user.faulted(error)
    }
  }

  #handle(event: ConnectionEvent): void {
    switch (event.type) {
      case 'bytes':
        return
      case 'interrupt':
      case 'break':
        this.#ahead.clear()
        this.#reader.forget()
        return this.interrupt()
      case 'signal':
        // The process was suspended: others have written on its terminal meanwhile.
        if (event.name === 'CONT') return this.#reader.redraw()
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
    this.run()
  }

  /** `rewraps`: it has wrapped its rows by its new size. */
  #changeTerminal(terminal: Terminal, rewraps: boolean = true): void {
    this.#flow.terminal = terminal
    this.#reader.changeTerminal(terminal, rewraps)
    this.#flow.regulate(this.#held)
  }

  #close(reason: string): void {
    this.#closed = true
    this.#cancelExpiry?.()
    this.#ahead.clear()
    this.#user.closed(reason)
  }

  /**
   * The loop of a session: reads one line after the other, until input or a command is to be waited
   * for. Called when there is something new for it; within the loop that does nothing.
   */
  run(): void {
    if (this.#looping) return
    this.#looping = true
    try {
      this.#cancelExpiry?.()
      this.#readAll()
      if (this.#inputEnded) this.#readEnd()
      else if (this.#reader.patience > 0) this.#armExpiry()
    } catch (error) {
      this.#user.faulted(error)
    } finally {
      this.#looping = false
    }
    // What came in one piece with a command's line may be meant for the command: Ctrl-C.
    if (this.#ahead.length > 0 && !this.reading) this.#guarded(() => this.#wait())
  }

  #readAll(): void {
    if (this.#reader.request === undefined) this.#next()
    do {
      while (this.#reader.request && (this.#ahead.length > 0 || this.#reader.waiting) && this.#mayRead()) {
        const before = this.#ahead.length
        this.#ahead.feed(this.#reader)
        if (this.#reader.request === undefined) this.#next()
        if (this.#ahead.length > 0) this.#slice.count(before - this.#ahead.length)
      }
      // What is typed faster than it is read shows when all of it has been read.
      if (this.#reader.stale && (this.#ahead.length === 0 || !this.#slice.usedUp)) this.#reader.refresh()
      if (this.#flow.paused || this.#held || this.#ahead.length > 0) this.#flow.regulate(this.#held)
      // A connection that is resumed may hand on at once what it has held back.
    } while (this.#reader.request !== undefined && this.#ahead.length > 0 && !this.#held && !this.#interruptDue)
  }

  /** Takes what is to be read next, if anything is. */
  #next(): void {
    const request = this.#user.commands.next()
    if (request !== undefined) this.#reader.begin(request)
  }

  /** When all input has been read, lines end with its end. */
  #readEnd(): void {
    while (this.reading && this.#ahead.length === 0 && !this.#reader.waiting) {
      this.#reader.endInput()
      if (!this.reading) this.#next()
    }
  }

  /** A key is unfinished; what else is to be read comes first. */
  #armExpiry(): void {
    if (!this.reading || this.#ahead.length > 0 || this.#reader.waiting) return
    this.#cancelExpiry = this.#time.clock.after(this.#reader.patience, () =>
      this.#guarded(() => {
        this.#reader.expire()
        this.run()
      }),
    )
  }

  /** If not, input is held until the peer has read what was written, or until a later turn. */
  #mayRead(): boolean {
    if (this.#held || this.#interruptDue) return false
    const flows = !this.#connection.needsDrain
    if (flows && !this.#slice.usedUp) return true
    this.#held = true
    if (flows) this.#time.scheduler.defer(() => this.#resume())
    else void this.#connection.drained().then(() => this.#resume())
    return false
  }

  #resume(): void {
    this.#held = false
    this.#slice.begin()
    this.run()
  }

  /** Input waits while no line is read. `news`: what has not waited before. Default: all of it. */
  #wait(news?: string): void {
    if (this.#flow.byCharacter && this.#isInterrupted(news)) {
      this.#reader.forget()
      return this.interrupt()
    }
    this.#flow.regulate(this.#held)
    if (!this.#ahead.full || !this.#flow.mustHear) return
    this.#ahead.trim()
    // One is enough for a turn, and for a peer that takes nothing.
    if (this.#connection.queued === 0) this.#screen.bell()
  }

  /** To look through all that waits for each key would cost its peer nothing and us 60 µs. */
  #isInterrupted(news: string | undefined): boolean {
    const { interrupt } = this.#flow
    return (news?.includes(interrupt) ?? true) && this.#ahead.dropInterrupted(interrupt)
  }
}
