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

/** The clock and the scheduler of a console. */
export type SessionTime = Pick<SessionServices, 'clock' | 'scheduler'>

/**
 * The only place where input and output meet. Input waits here until a line is read. Output that
 * arrives while a line is read goes above it. While a command runs, only interrupts pass.
 *
 * What waits is limited. A terminal in character mode is always read, so that an interrupt arrives;
 * input beyond the limit is dropped with a bell. Any other peer is paused, and none of its input is
 * dropped. While more output waits than the peer reads, none of its input is read but Ctrl-C.
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
  /** Whether reading waits for a later turn, or for the peer to read. */
  #held = false
  #inputEnded = false
  /** Whether an interrupt is due in a later turn. What is typed meanwhile comes after it. */
  #interruptDue = false
  #closed = false
  #cancelExpiry: Cancel | undefined

  /** `marksPaste` is whether terminals that can are asked to mark what is pasted. */
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

  /** Whether a line is being read. */
  get reading(): boolean {
    return this.#reader.request !== undefined
  }

  /** Whether the input has ended, and all of it has been read. */
  get exhausted(): boolean {
    return this.#inputEnded && this.#ahead.length === 0 && !this.#reader.waiting
  }

  /** Reads a line: shows the prompt, and takes what was typed ahead. */
  read(request: ReadRequest): void {
    this.#reader.begin(request)
    this.run()
  }

  /** Stops reading, without a result for the request. */
  cancelRead(): void {
    this.#cancelExpiry?.()
    this.#reader.cancel()
  }

  /** Writes output, at any time. Returns what `Connection.write` returns. */
  write(text: string, stream?: OutputStream): boolean {
    if (this.#reader.stale) this.#reader.refresh()
    return this.#screen.write(text, stream)
  }

  /** Writes whole lines: from column 0, with a line end. */
  writeLines(text: string, stream?: OutputStream): boolean {
    if (this.#reader.stale) this.#reader.refresh()
    return this.#screen.writeLines(text, stream)
  }

  /** Shows rows above the input, but not to a peer that is behind. Returns whether it can. */
  showStatus(rows: readonly string[]): boolean {
    if (rows.length > 0 && this.#connection.queued > 0) return this.#screen.display.drawing === 'cursor'
    this.#reader.refresh()
    return this.#screen.showStatus(rows)
  }

  /** Handles Ctrl-C in any form. Those for which a turn has no time become one in a later turn. */
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

  /** Takes a size that the program has chosen, and that the terminal does not know. */
  resize(terminal: Terminal): void {
    if (this.#flow.terminal !== undefined && !this.#closed) this.#changeTerminal(terminal, false)
  }

  // Calls from the connection.

  text(text: string): void {
    if (this.#closed) return
    this.#ahead.add(text)
    this.#slice.begin()
    if (this.#held && this.#flow.hear(text, this.#reader.patience === 0)) this.#reader.forget()
    if (this.#reader.request !== undefined) this.run()
    else this.#guarded(() => this.#wait(text))
  }

  event(event: ConnectionEvent): void {
    if (!this.#closed) this.#guarded(() => this.#handle(event))
  }

  /** Runs code, and reports what it throws: no transport or timer must receive it. */
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
        // The process was suspended, and other programs have written on its terminal meanwhile.
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

  /** Ends the input, once, however often the peer reports it. */
  #endInput(): void {
    if (this.#inputEnded) return
    this.#inputEnded = true
    this.#user.inputEnded()
    this.run()
  }

  /** `rewraps` is whether the terminal has wrapped its rows by its new size. */
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
   * The loop of a session: reads one line after the other, until it must wait for input or a
   * command. Called when there is something new for it; within the loop, a call does nothing.
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
    // Input that came in one piece with a command's line may be for the command: Ctrl-C.
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
      // Input that arrives faster than it is read is shown when all of it has been read.
      if (this.#reader.stale && (this.#ahead.length === 0 || !this.#slice.usedUp)) this.#reader.refresh()
      if (this.#flow.paused || this.#held || this.#ahead.length > 0) this.#flow.regulate(this.#held)
      // A connection may pass on at once, when it is resumed, what it has held back.
    } while (this.#reader.request !== undefined && this.#ahead.length > 0 && !this.#held && !this.#interruptDue)
  }

  /** Begins the next request, if there is one. */
  #next(): void {
    const request = this.#user.commands.next()
    if (request !== undefined) this.#reader.begin(request)
  }

  /** Ends lines with the end of the input, when all input has been read. */
  #readEnd(): void {
    while (this.reading && this.#ahead.length === 0 && !this.#reader.waiting) {
      this.#reader.endInput()
      if (!this.reading) this.#next()
    }
  }

  /** Starts the timer of an unfinished key, unless there is other input to read first. */
  #armExpiry(): void {
    if (!this.reading || this.#ahead.length > 0 || this.#reader.waiting) return
    this.#cancelExpiry = this.#time.clock.after(this.#reader.patience, () =>
      this.#guarded(() => {
        this.#reader.expire()
        this.run()
      }),
    )
  }

  /** Returns whether input may be read. If not, it waits for the peer to read, or a later turn. */
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
    this.#flow.release()
    this.#slice.begin()
    this.run()
  }

  /** Keeps input while no line is read. `news` has not waited before. Default: all of the input. */
  #wait(news?: string): void {
    if (this.#flow.interrupted(news)) {
      this.#reader.forget()
      return this.interrupt()
    }
    this.#flow.regulate(this.#held)
    if (!this.#ahead.full || !this.#flow.mustHear) return
    this.#ahead.trim()
    // One bell is enough for a turn, and for a peer that reads nothing.
    if (this.#connection.queued === 0) this.#screen.bell()
  }
}
