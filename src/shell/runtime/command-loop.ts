import { statusOfError } from '../../core/options/failure.ts'
import type { SessionServices } from '../../core/transport.ts'
import { Editor } from '../../editor/editor.ts'
import { BoundaryCache } from '../../terminal/grapheme.ts'
import { assistOf } from './assist.ts'
import { CommandInput } from './command-input.ts'
import type { InputUser } from './command-input.ts'
import type { LineAssist } from '../line/assist.ts'
import type { SessionReport } from './report.ts'
import { shifted } from '../line/completion.ts'
import type { Completion } from '../line/completion.ts'
import type { Callers } from '../session/callers.ts'
import type { Session } from '../session/session.ts'
import type { Console } from '../line/console.ts'
import type { CommandSource } from '../line/console-user.ts'
import type { Dispatcher } from '../run/dispatch.ts'
import { RunningCommand } from '../run/running-command.ts'
import { Interrupts } from './interrupts.ts'
import type { InterruptHost } from './interrupts.ts'
import type { LoopHost } from './loop-host.ts'
import type { ReadRequest } from '../line/request.ts'
import type { ShellSettings } from '../settings/options.ts'
import { STATUS } from '../../core/options/exit-status.ts'
import type { RateLimit, RateLimited } from './rate-limit.ts'
import { PendingLines } from './pending-lines.ts'
import { promptText } from './prompt.ts'
import type { Service } from './service.ts'
import { tellError } from '../session/tell.ts'
import { andThen } from '../../core/async/thenable.ts'

/**
 * The commands of a session: makes commands of the lines from its console, and runs one after the
 * other. How the session begins or ends is not known here.
 */
export class CommandLoop implements CommandSource, ReadRequest, InputUser, RateLimited, InterruptHost {
  readonly hidden = false
  readonly editor: Editor
  readonly runsPaste: boolean
  readonly continuation: string
  readonly assist: LineAssist | undefined
  readonly session: Session
  prompt = ''
  running: RunningCommand | undefined
  /** Exists as long as a command goes on after Ctrl-C. */
  interrupts: Interrupts | undefined
  readonly #host: LoopHost
  readonly #console: Console
  readonly #dispatcher: Dispatcher
  readonly #settings: ShellSettings
  readonly #tools: SessionServices
  readonly #callers: Callers
  readonly #input: CommandInput
  /** Whether commands are accepted: the session has begun, and has not ended. */
  #open = false
  readonly #lines: PendingLines
  /** Whether all commands are given at once, so that no other is read. */
  readonly #once: boolean
  /** Whether an interrupt has dropped the rest of them. */
  #brokenOff = false
  /** The status of the last command. */
  #status: number = STATUS.ok
  readonly #rateLimit: RateLimit | undefined
  readonly #report: SessionReport

  constructor(host: LoopHost, console: Console, { dispatcher, shell: { settings }, tools, callers }: Service) {
    this.#host = host
    this.session = host.session
    this.#console = console
    this.#dispatcher = dispatcher
    this.#settings = settings
    this.#tools = tools
    this.#callers = callers
    this.#lines = new PendingLines(tools.scheduler, this)
    this.#once = host.facts.request.type === 'exec'
    this.#rateLimit = host.rateLimit
    this.#report = host.report
    const { line, maxInput, continuePrompt } = settings
    this.#input = new CommandInput(settings.reader, this, maxInput)
    this.editor = new Editor({
      history: host.past.entries,
      keyMap: line.keyMap,
      maxLength: maxInput,
      boundaries: new BoundaryCache(),
    })
    this.runsPaste = line.runsPaste
    this.continuation = continuePrompt
    this.assist = assistOf(line, this)
  }

  get history(): readonly string[] {
    return this.#host.past.entries
  }

  /** The usage of the command that a line calls, as far as the cursor. */
  usageAt(line: string, cursor: number): string | undefined {
    return this.#dispatcher.usageAt(this.#input.typed(line, cursor))
  }

  /** The reader has refused the line, and all that came with it. */
  readerFailed(error: unknown): void {
    this.#forget()
    this.#status = statusOfError(error)
    this.#host.reportFault(error)
  }

  mayTakeLine(words: readonly string[]): boolean {
    return this.#dispatcher.mayTakeLine(words)
  }

  /** Accepts commands: the session has begun. */
  start(): void {
    this.#open = true
    this.#console.run()
  }

  /** Runs the lines of a text as a script, and leaves with the last status. */
  exec(text: string): void {
    if (text.trim() === '') this.#refuse('The command is empty.')
    else this.#lines.fill(text.split(/\r?\n/))
    this.start()
  }

  /**
   * Runs the remaining lines of the last input, each in its turn, and then asks for another. An
   * open question of a hook or a timer goes first.
   */
  next(): ReadRequest | undefined {
    while (
      this.#open &&
      this.running === undefined &&
      this.#host.asking?.open !== true &&
      this.#rateLimit?.allows(this) !== false &&
      this.#lines.due
    ) {
      const line = this.#lines.take()
      if (line !== undefined) this.#take(line)
      else if (this.#once) this.ended(true)
      else return this.#request()
      this.#lines.look()
    }
    return undefined
  }

  resume(): void {
    this.#console.run()
  }

  /** Completes a line; in an input of several lines all earlier ones are read as well. */
  complete(line: string, cursor: number, signal: AbortSignal): Completion | Promise<Completion> {
    const { before } = this.#input
    const completion = this.#dispatcher.complete(this.#input.typed(line, cursor), this.session, signal)
    return andThen(completion, found => shifted(found, before))
  }

  // A line has been read: it is processed when the console asks for the next one.

  /** Takes each of several lines, pasted or from the history, as if it had been typed alone. */
  line(text: string): void {
    if (text.includes('\n')) this.#lines.fill(text.split('\n'))
    else this.#lines.add(text)
  }

  tooLong(sentence: string): void {
    this.#refuse(sentence)
  }

  /** What a pipe held is dropped, which is no success unless more commands follow. */
  interrupted(): void {
    this.#forget()
    if (!this.#host.facts.interactive) this.#status = STATUS.interrupted
  }

  /** Ends the input. Within a command that is an error, but a session at a terminal goes on. */
  ended(forGood: boolean): void {
    const unfinished = this.#input.before > 0
    if (unfinished) this.#refuse(this.#input.unfinishedText)
    else this.#forget()
    if (!unfinished || forGood) this.#host.leave(this.#brokenOff ? STATUS.interrupted : this.#status)
  }

  /**
   * Handles Ctrl-C while no line is read: drops all further lines, even those waiting for their
   * turn. Commands that were given at once end without success then.
   */
  interrupt(): void {
    const command = this.running
    this.#host.nested?.interrupt(command)
    // The end of the session has aborted it already.
    if (command?.abandoned) return
    this.#brokenOff ||= this.#once && (command === undefined || !this.#lines.empty)
    this.#forget()
    if (command === undefined) {
      if (this.#once) this.ended(true)
      return
    }
    this.interrupts ??= new Interrupts(this, this.#tools.clock, this.#callers)
    this.interrupts.interrupt(command)
  }

  abandon(command: RunningCommand): void {
    this.#host.nested?.abandon(command)
    this.#console.cancelRead()
    this.#host.asking?.fail(command.reason as Error)
    this.#end(command, STATUS.interrupted)
    this.#console.run()
  }

  refuseToAbandon(): void {
    this.#tell('Too many commands that you have left still run: this one is waited for.')
  }

  /** Aborts all commands: the session ends. */
  abort(end: { readonly error: Error }): void {
    this.#open = false
    this.#rateLimit?.leave(this)
    this.running?.abort(end.error)
    if (this.running) this.running.abandoned = true
    this.running?.remember()
    this.#host.nested?.end(end)
    this.interrupts?.end()
    this.interrupts = undefined
    this.#host.past.settle()
  }

  /** Makes the prompt once for each line, not at each drawing. */
  #request(): ReadRequest {
    const { prompt, continuePrompt } = this.#settings
    this.#host.past.settle()
    if (this.#input.before > 0) this.prompt = continuePrompt
    else this.prompt = typeof prompt === 'string' ? prompt : promptText(prompt, this.#host)
    return this
  }

  #take(line: string): void {
    if (!this.#input.hasRoomFor(line)) {
      return this.#refuse(`The input is longer than ${this.#settings.maxInput} characters, and was not run.`)
    }
    const input = this.#input.take(line)
    if (input !== undefined)
      this.#run(new RunningCommand(input, this.#input.reader, this.#once ? undefined : this.#host.past))
  }

  #run(command: RunningCommand): void {
    const { session } = this
    this.#rateLimit?.count()
    this.#report.commandBegins()
    this.running = command
    const outcome = this.#callers.watched
      ? this.#callers.run(command, () => this.#dispatcher.run(command, session))
      : this.#dispatcher.run(command, session)
    if (typeof outcome === 'number') this.#finish(command, outcome)
    else outcome.then(status => this.#finishLater(command, status)).catch((error: unknown) => this.#host.faulted(error))
  }

  #finish(command: RunningCommand, status: number): void {
    if (this.interrupts?.remove(command)) this.interrupts = undefined
    if (this.running === command) this.#end(command, status)
  }

  #finishLater(command: RunningCommand, status: number): void {
    this.#finish(command, status)
    this.#console.run()
  }

  #end(command: RunningCommand, status: number): void {
    this.running = undefined
    if (!command.goesOn) this.#hasRun(command, status)
    this.interrupts?.stopWaiting()
    const { leaving } = this.#host
    // The end of a server must not take its status from the last command.
    const isLast = this.#once || (leaving !== undefined && this.#console.exhausted)
    if (this.#lines.empty && isLast) this.ended(true)
    else leaving?.idle()
  }

  #hasRun(command: RunningCommand, status: number): void {
    if (command.unfinished) this.#input.forget()
    this.#status = status
    if (command.found === undefined) command.remember()
    // Ctrl-C at a question of the command interrupts only the command, not its loop.
    if (status === STATUS.interrupted) this.#forget()
    this.#report.commandEnds(command, status)
  }

  #tell(text: string): void {
    tellError(this.session, text, error => this.#host.faulted(error))
  }

  #forget(): void {
    this.#input.forget()
    this.#lines.drop()
  }

  #refuse(sentence: string): void {
    this.#forget()
    this.#status = STATUS.usage
    this.#tell(sentence)
  }
}
