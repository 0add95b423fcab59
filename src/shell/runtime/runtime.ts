import type { Cancel } from '../../core/time/clock.ts'
import type { Connection, Environment, OutputStream, Terminal } from '../../core/connection.ts'
import { withoutSequences } from '../../core/text/escape-sequence.ts'
import { AnswerbackError } from '../../core/options/errors.ts'
import type { SafeText } from '../../core/text/safe-text.ts'
import { statusOfSignal } from '../../core/options/signal.ts'
import type { HostedSession } from '../../core/transport.ts'
import { CurrentQuestion } from '../ask/current.ts'
import { CommandLoop } from './command-loop.ts'
import type { LoopHost } from './loop-host.ts'
import { SessionReport } from './report.ts'
import { Console } from '../line/console.ts'
import type { ConsoleUser } from '../line/console-user.ts'
import { SessionEnd } from '../session/session-end.ts'
import { endWithCommand } from './input-end.ts'
import { SessionFacts } from '../session/facts.ts'
import { runEndHooks } from '../run/hooks.ts'
import { NestedCommands } from '../run/nested-commands.ts'
import type { RunningCommand } from '../run/running-command.ts'
import { logInInTime } from '../login/in-time.ts'
import { STATUS } from '../../core/options/exit-status.ts'
import { Messages } from '../session/messages.ts'
import { LineQuestion } from '../ask/question.ts'
import type { Question } from '../ask/question.ts'
import { beginSession } from './begin.ts'
import type { BeginningSession } from './begin.ts'
import { SessionHistory } from '../session/history.ts'
import type { Service } from './service.ts'
import { Shutdown } from './shutdown.ts'
import type { SessionCore } from '../session/core.ts'
import type { ReadLineOptions } from '../ask/options.ts'
import type { Session } from '../session/session.ts'
import type { RateLimit } from './rate-limit.ts'
import { SETTLED, tellLast } from '../session/tell.ts'
import { Timers } from '../session/timers.ts'
import { voicesOf } from './voices.ts'
import { Writes } from '../session/writes.ts'

/**
 * The life of one session: banner, login, welcome, `onStart`, then commands, then the end, once,
 * for one reason. It implements the methods of `Session`, which shows only what is public.
 */
export class SessionRuntime implements SessionCore, ConsoleUser, LoopHost, BeginningSession, HostedSession<Session> {
  readonly session: Session
  readonly facts: SessionFacts
  state: unknown
  readonly past: SessionHistory
  readonly voices: SessionCore['voices']
  readonly #service: Service
  readonly #connection: Connection
  readonly #onClose: () => void
  readonly #console: Console
  readonly commands: CommandLoop
  readonly rateLimit: RateLimit | undefined
  readonly report: SessionReport
  /** Each made at its first use, since most sessions have none. */
  #timers: Timers | undefined
  #messages: Messages | undefined
  nested: NestedCommands | undefined
  asking: CurrentQuestion | undefined
  #writes: Writes | undefined
  /** Why the session has ended; set once. */
  readonly #end: SessionEnd
  /** Set if the session ends as soon as no command runs. */
  leaving: Shutdown | undefined
  /** The hooks and the connection, until both are over. */
  #lasting = 2

  constructor(service: Service, connection: Connection, onClose: () => void) {
    const { shell, tools } = service
    this.facts = new SessionFacts(connection.facts, service.authenticator, shell.settings.paging)
    this.#end = new SessionEnd(this.id)
    this.#service = service
    this.#connection = connection
    this.#onClose = onClose
    this.voices = voicesOf(this, service)
    this.report = new SessionReport(tools.observer, this.facts, tools.clock)
    this.session = new shell.sessionClass(this)
    this.past = new SessionHistory(shell.settings.line.history, tools)
    this.#console = new Console(connection, tools, this, shell.settings.line.marksPaste)
    this.rateLimit = service.rateLimitOf(connection)
    this.commands = new CommandLoop(this, this.#console, service)
  }

  /** Begins at once if it need not wait: the first prompt leaves with the first bytes. */
  begin(): void {
    const { shell, authenticator } = this.#service
    if (shell.settings.line.bindsSuspend) this.#connection.takeSuspendKey?.()
    this.#connection.start(this.#console)
    if (this.facts.bannerDue && shell.settings.banner !== '') void this.writeLines(shell.settings.banner, 'stdout')
    if (this.facts.identity !== undefined || authenticator.policy !== 'guarded') return this.resume()
    const cancelRead = (): void => this.#console.cancelRead()
    void logInInTime(this, authenticator, shell.settings, cancelRead).then(isIn => isIn && this.resume())
  }

  get id(): string {
    return this.facts.id
  }

  get others(): readonly unknown[] {
    return (this.#service.tools.sessions?.() ?? []).filter(session => session !== this.session)
  }

  get runner(): NestedCommands {
    return (this.nested ??= new NestedCommands(this, this.#service))
  }

  // What a session does.

  get signal(): AbortSignal {
    return this.#end.signal
  }

  write(text: string, stream: OutputStream): Promise<void> {
    return this.#awaitable((this.nested?.capture ?? this.#console).write(text, stream))
  }

  writeLines(text: string, stream: OutputStream): Promise<void> {
    return this.#awaitable((this.nested?.capture ?? this.#console).writeLines(text, stream))
  }

  #awaitable(roomy: boolean): Promise<void> {
    if (this.#end.over) return this.#waiting.over()
    const refusal = this.nested?.capture?.failure ?? this.commands.interrupts?.writeRefusal()
    if (refusal !== undefined) return this.#waiting.refused(() => refusal)
    return roomy ? SETTLED : this.#waiting.room
  }

  get #waiting(): Writes {
    return (this.#writes ??= new Writes(this.#connection, this.#end, this.#service.tools.scheduler))
  }

  writeMessage(text: string): Promise<void> {
    this.#messages ??= new Messages(this.#connection, this.#console, this, this.#service.tools.limits)
    this.#messages.write(text)
    return SETTLED
  }

  readLine(prompt: string | SafeText, options: ReadLineOptions): Promise<string> {
    try {
      const { line, maxInput } = this.#service.settingsFor(this.facts)
      return this.ask(new LineQuestion(prompt, options, { keyMap: line.keyMap, maxInput, history: this.past }))
    } catch (error) {
      return this.#waiting.refused(() => error as Error)
    }
  }

  ask<Answer>(question: Question<Answer>): Promise<Answer> {
    const refusal = this.#end.over ? this.#end.error : this.commands.interrupts?.refusal(this.running)
    if (refusal !== undefined) return this.#waiting.refused(() => refusal)
    if (this.#console.reading) return this.#waiting.refused(() => new AnswerbackError('BUSY_READING'))
    this.asking ??= new CurrentQuestion(this.#console, this.facts, this.#waiting.later)
    return this.asking.ask(question)
  }

  showStatus(rows: readonly string[]): boolean {
    return !this.#end.over && this.#console.showStatus(rows)
  }

  get running(): RunningCommand | undefined {
    return this.commands.running
  }

  after(ms: number, run: () => unknown): Cancel {
    return this.#timed.after(ms, run)
  }

  every(ms: number, run: () => unknown): Cancel {
    return this.#timed.every(ms, run)
  }

  get #timed(): Timers {
    const { tools, callers } = this.#service
    return (this.#timers ??= new Timers(tools.clock, error => this.reportFault(error), callers))
  }

  resize(terminal: Terminal): void {
    this.#console.resize(terminal)
  }

  /** Ends the session, once. A `signal` replaces the status, if the transport can send it. */
  end(reason: string, status: number, signal?: string): void {
    if (this.#end.over) return
    this.#end.abort(reason)
    this.#timed.close()
    this.commands.abort(this.#end)
    this.rateLimit?.leave(this)
    this.#console.cancelRead()
    this.asking?.fail(this.#end.error)
    this.#writes?.end()
    void runEndHooks(this.#service.shell.hooks, this.session, this.#end, this.#service.tools).then(() => {
      this.#connection.end({ reason, status, ...(signal !== undefined && { signal }) })
      this.#settled()
    })
  }

  get reading(): boolean {
    return this.#console.reading
  }

  tell(message: string, last: boolean = false): void {
    if (this.#end.over || message === '') return
    if (this.facts.interactive) void this.writeMessage(message)
    else if (last) this.#console.writeLines(withoutSequences(message), 'stderr')
  }

  shutdown(message: string, force: boolean): void {
    if (this.#end.over) return
    this.leaving ??= new Shutdown(this, message)
    this.leaving.begin(this.commands.running, force)
  }

  // Events of the console.

  interrupted(): void {
    if (this.facts.interactive) this.#console.write('^C\n')
    this.commands.interrupt()
  }

  inputEnded(): void {
    if (this.facts.greeted) endWithCommand(this, () => this.end('disconnected', STATUS.interrupted))
  }

  /**
   * Handles a signal like a POSIX shell: at its terminal INT and QUIT affect only the command. Any
   * other signal that would end a program ends the session.
   */
  signalled(name: string): void {
    if (name === 'INT' || (name === 'QUIT' && this.facts.greeted)) return this.#console.interrupt()
    const status = statusOfSignal(name)
    if (status !== undefined) this.end(`signal ${name}`, status, name)
  }

  terminalChanged(terminal: Terminal, environment: Environment): Terminal {
    return this.facts.tell(terminal, environment)
  }

  closed(reason: string): void {
    this.end(reason, STATUS.ok)
    if (this.commands.running) this.report.commandEnds(this.commands.running, STATUS.interrupted)
    this.report.end(this.#end.reason as string, this.#connection.traffic)
    this.#settled()
  }

  faulted(err: unknown): void {
    this.#service.tools.log.error({ err, session: this.id }, 'a session has failed')
    if (!this.#end.over) tellLast(sentence => this.#console.writeLines(sentence, 'stderr'))
    this.end('error', STATUS.failed)
  }

  tooSlow(): void {
    this.end('slow reader', STATUS.failed)
  }

  // Requests of the loop.

  leave(status: number): void {
    this.end(this.facts.request.type === 'exec' ? 'exit' : 'end of input', status)
  }

  /** Begins after the login, as soon as the rate limit of the connection allows. */
  resume(): void {
    if (this.#end.over || this.rateLimit?.admits(this) === false) return
    this.report.start()
    beginSession(this, this.#service)
  }

  // Requests of the beginning.

  get over(): boolean {
    return this.#end.over
  }

  begun(): void {
    this.#end.hooksDue = true
  }

  takeCommands(): void {
    if (this.#end.over) return
    try {
      if (this.facts.request.type !== 'exec') return this.commands.start()
      this.rateLimit?.beginsWithCommand()
      this.commands.exec(this.facts.request.command)
    } catch (error) {
      this.faulted(error)
    }
  }

  #settled(): void {
    if ((this.#lasting -= 1) === 0) this.#onClose()
  }

  /** Reports an error of a hook or a timer. Calls `then` if the session goes on. */
  reportFault(error: unknown, then: () => void = () => {}): void {
    void this.#service.dispatcher.report(error, this.session).then(continues => {
      if (continues) then()
      else this.end('error', STATUS.failed)
    })
  }
}
