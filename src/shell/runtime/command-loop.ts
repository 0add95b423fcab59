import type { Cancel } from '../../core/clock.ts'
import { Interrupted } from '../../core/errors.ts'
import { Failure } from '../../core/failure.ts'
import type { SessionServices } from '../../core/transport.ts'
import { Editor } from '../../editor/editor.ts'
import { BoundaryCache } from '../../terminal/grapheme.ts'
import { aidsOf } from './assist.ts'
import type { LineAssist } from '../line/assist.ts'
import type { SessionReport } from './report.ts'
import { shifted } from '../line/completion.ts'
import type { Completion } from '../line/completion.ts'
import type { Callers } from '../session/callers.ts'
import type { Console } from '../line/console.ts'
import type { TypedInput } from '../words/cursor.ts'
import type { Dispatcher } from '../run/dispatch.ts'
import { GuardedReader } from '../words/guarded.ts'
import type { ReaderUser } from '../words/guarded.ts'
import { RunningCommand } from '../run/running-command.ts'
import { AbandonedCommands } from './abandoned.ts'
import type { LoopHost } from './loop-host.ts'
import type { ReadRequest } from '../line/request.ts'
import type { ShellSettings } from '../settings/options.ts'
import { STATUS } from '../../core/exit-status.ts'
import type { RateLimit } from './rate-limit.ts'
import { promptText } from './prompt.ts'
import type { Service } from './service.ts'
import { TimeSlice } from '../line/time-slice.ts'
import { tellError } from '../session/tell.ts'
import { isThenable } from '../../core/thenable.ts'
import type { Eventual } from '../../core/thenable.ts'

/** How long a command may go on after Ctrl-C before its session goes on without it. A second Ctrl-C does not wait. */
export const INTERRUPT_GRACE = 1000

/** Prompt, input, command, and again: the part of a session that does not know how it began or will end. */
export class CommandLoop implements ReadRequest, ReaderUser {
  readonly hidden = false
  readonly editor: Editor
  readonly runsPaste: boolean
  readonly continuation: string
  readonly aids: LineAssist | undefined
  prompt = ''
  readonly #host: LoopHost
  readonly #console: Console
  readonly #dispatcher: Dispatcher
  readonly #settings: ShellSettings
  readonly #tools: SessionServices
  readonly #callers: Callers
  readonly #reader: GuardedReader
  /** The lines of an unfinished input, each with its end. */
  #raw = ''
  /** Lines that came with the last one, and are still to be taken: the next one last. */
  #lines: string[] = []
  /** Of a turn, for those lines; as soon as there are any. */
  #share: TimeSlice | undefined
  #looping = false
  #running: RunningCommand | undefined
  /** The commands were given whole, and no other is asked for. */
  #once = false
  /** Of the last command. */
  #status: number = STATUS.ok
  #cancelGrace: Cancel | undefined
  /** As long as there are any, an interrupted command included. */
  #leftovers: AbandonedCommands | undefined
  readonly #pace: RateLimit | undefined
  readonly #report: SessionReport

  constructor(host: LoopHost, console: Console, { dispatcher, shell: { settings }, tools, callers }: Service) {
    this.#host = host
    this.#console = console
    this.#dispatcher = dispatcher
    this.#settings = settings
    this.#tools = tools
    this.#callers = callers
    this.#pace = host.pace
    this.#report = host.report
    this.#reader = new GuardedReader(settings.reader, this)
    const { line, maxInput, continuePrompt } = settings
    this.editor = new Editor({
      history: host.past.entries,
      keyMap: line.keyMap,
      maxLength: maxInput,
      boundaries: new BoundaryCache(),
    })
    this.runsPaste = line.runsPaste
    this.continuation = continuePrompt
    const usageAt = (text: string, cursor: number): string | undefined => dispatcher.usageAt(this.#typed(text, cursor))
    this.aids = aidsOf(line, host.session, { history: host.past.entries, usageAt })
  }

  get running(): RunningCommand | undefined {
    return this.#running
  }

  /** Why whoever asks the user something now gets no answer: it may be a command that was left behind. */
  get refusal(): Error | undefined {
    return this.#leftovers?.refusal(this.#running)
  }

  /** Why a write that is awaited now rejects; `undefined`: it does not. */
  get writeRefusal(): Error | undefined {
    return this.#leftovers?.writeRefusal()
  }

  /** It has refused the line, and all that came with it. */
  readerFailed(error: unknown): void {
    this.#forget()
    this.#status = error instanceof Failure ? error.status : STATUS.failed
    this.#host.reportFault(error)
  }

  /** Takes the next line: one that came with the last, or one that is read. Never enters itself: what a line leads to comes back here. */
  next(): void {
    if (this.#looping) return
    this.#looping = true
    try {
      this.#loop()
    } catch (error) {
      this.#host.faulted(error)
    } finally {
      this.#looping = false
    }
  }

  #loop(): void {
    while (
      this.#running === undefined &&
      !this.#console.reading &&
      this.#host.ready() &&
      this.#isInPace() &&
      this.#isInTurn()
    ) {
      const line = this.#lines.pop()
      if (line !== undefined) this.#take(line)
      else if (this.#once) this.ended(true)
      else this.#read()
      if (this.#lines.length > 0) this.#share?.look()
    }
    // A question that a hook or a timer has asked: it goes first.
    if (this.#running === undefined) this.#host.asking?.whenOver(() => this.next())
  }

  #isInPace(): boolean {
    return this.#pace?.allows(this) ?? true
  }

  /** Lines of one input are run as long as its session has a share of the turn, but one at least, and then in the next one. */
  #isInTurn(): boolean {
    if (this.#lines.length === 0 || this.#share?.usedUp !== true) return true
    this.#tools.clock.soon(() => {
      this.#share?.begin()
      this.next()
    })
    return false
  }

  /** Runs the lines of a text, as a script, and leaves with the last status. */
  exec(text: string): void {
    this.#once = true
    if (text.trim() === '') this.#refuse('The command is empty.')
    else this.#takeAll(text.split(/\r?\n/))
    this.next()
  }

  /** Of an input of several lines, all that came before is read as well. */
  complete(line: string, cursor: number, signal: AbortSignal): Completion | Promise<Completion> {
    const before = this.#raw.length
    const completion = this.#dispatcher.complete(this.#typed(line, cursor), this.#host.session, signal)
    return isThenable(completion) ? completion.then(late => shifted(late, before)) : shifted(completion, before)
  }

  #typed(line: string, cursor: number): TypedInput {
    return { line: this.#raw + line, cursor: this.#raw.length + cursor, reader: this.#reader.looking }
  }

  // A line has been read.

  /** An entry of the history may have several lines, and so may a paste: each is taken as if it had been typed alone. */
  line(text: string): void {
    if (text.includes('\n')) this.#takeAll(text.split('\n'))
    else this.#lines.push(text)
    this.next()
  }

  #takeAll(lines: string[]): void {
    this.#lines = lines.reverse()
    this.#share ??= new TimeSlice(this.#tools.clock)
    this.#share.begin()
  }

  tooLong(sentence: string): void {
    this.#refuse(sentence)
    this.next()
  }

  interrupted(): void {
    this.#forget()
    this.next()
  }

  /**
   * Who ends the input in the middle of a command is told so. At a terminal the session goes on
   * then, as in Bash.
   */
  ended(forGood: boolean): void {
    const unfinished = this.#raw !== ''
    if (unfinished) this.#refuse(this.#reader.unfinished)
    else this.#forget()
    if (unfinished && !forGood) this.next()
    else this.#host.leave(this.#status)
  }

  /** Ctrl-C while a command runs: it is told, and abandoned if it does not stop; what was to follow it is dropped. */
  interruptRunning(): void {
    const call = this.#running
    // The end of the session has told it already.
    if (call === undefined || call.abandoned) return
    this.#forget()
    if (call.aborted) return this.#abandon(call)
    call.now(new Interrupted(this.#host.session.id))
    this.#leftovers ??= new AbandonedCommands(this.#callers)
    this.#leftovers.interrupted(call)
    this.#cancelGrace = this.#tools.clock.after(INTERRUPT_GRACE, () => this.#abandon(call))
  }

  /** The session ends. */
  abort(end: { readonly error: Error }): void {
    this.#cancelGrace?.()
    this.#pace?.leave(this)
    this.#running?.now(end.error)
    if (this.#running) this.#running.abandoned = true
    this.#running?.remember()
    this.#forgetLeftovers()
    this.#host.past.settle()
  }

  /** The prompt is made here, once for each line, and not each time that it is drawn. */
  #read(): void {
    const { prompt, continuePrompt } = this.#settings
    this.#host.past.settle()
    if (this.#raw !== '') this.prompt = continuePrompt
    else this.prompt = typeof prompt === 'string' ? prompt : promptText(prompt, this.#host)
    this.#console.read(this)
  }

  #take(line: string): void {
    if (this.#raw.length + line.length > this.#settings.maxInput) {
      return this.#refuse(`The input is longer than ${this.#settings.maxInput} characters, and was not run.`)
    }
    const words = this.#reader.read(line)
    const input = this.#raw + line
    this.#raw = words === undefined ? `${input}\n` : ''
    if (words === undefined || words.length === 0) return
    this.#run(new RunningCommand(words, input, this.#reader.own, this.#once ? undefined : this.#host.past))
  }

  #run(call: RunningCommand): void {
    this.#pace?.count()
    this.#report.commandBegins()
    this.#running = call
    const outcome = this.#start(call)
    if (typeof outcome === 'number') this.#finish(call, outcome)
    else outcome.then(status => this.#finish(call, status)).catch((error: unknown) => this.#host.faulted(error))
  }

  #start(call: RunningCommand): Eventual<number> {
    const { session } = this.#host
    if (!this.#callers.watched) return this.#dispatcher.run(call, session)
    return this.#callers.run(call, () => this.#dispatcher.run(call, session))
  }

  #finish(call: RunningCommand, status: number): void {
    if (this.#leftovers?.remove(call)) this.#forgetLeftovers()
    if (this.#running === call) this.#end(call, status)
  }

  #end(call: RunningCommand, status: number): void {
    this.#running = undefined
    call.remember()
    this.#report.commandEnds(call, status)
    this.#cancelGrace?.()
    this.#cancelGrace = undefined
    this.#status = status
    // The end of a server must not take its status from a command that was the last.
    const isLast = this.#once || (this.#host.leaving !== undefined && this.#console.exhausted)
    if (this.#lines.length === 0 && isLast) this.ended(true)
    else this.next()
  }

  #abandon(call: RunningCommand): void {
    const leftovers = this.#leftovers as AbandonedCommands
    if (leftovers.full) return this.#tell('Too many commands that you have left still run: this one is waited for.')
    call.abandoned = true
    leftovers.add(call)
    this.#console.cancelRead()
    this.#host.asking?.fail(call.reason as Error)
    this.#end(call, STATUS.interrupted)
  }

  #forgetLeftovers(): void {
    this.#leftovers?.forget()
    this.#leftovers = undefined
  }

  #tell(text: string): void {
    tellError(this.#host.session, text, error => this.#host.faulted(error))
  }

  #forget(): void {
    this.#raw = ''
    this.#lines = []
    this.#reader.reset()
  }

  #refuse(sentence: string): void {
    this.#forget()
    this.#status = STATUS.usage
    this.#tell(sentence)
  }
}
