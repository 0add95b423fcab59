import { AnswerbackError, Interrupted } from '../../core/options/errors.ts'
import { statusOfError } from '../../core/options/failure.ts'
import { readableError } from '../../core/options/readable-error.ts'
import { STATUS } from '../../core/options/exit-status.ts'
import type { SessionServices } from '../../core/transport.ts'
import { andThen } from '../../core/async/thenable.ts'
import { unawaited } from '../ask/question.ts'
import { TimeSlice } from '../line/time-slice.ts'
import type { Callers } from '../session/callers.ts'
import type { CapturedRun, CommandRunner } from '../session/run.ts'
import type { Session } from '../session/session.ts'
import { tellError } from '../session/tell.ts'
import type { ShellSettings } from '../settings/options.ts'
import { Capture, captureOf } from './capture.ts'
import type { Dispatcher } from './dispatch.ts'
import { readInput } from './nested-input.ts'
import type { NestedInput } from './nested-input.ts'
import { RunningCommand } from './running-command.ts'

/** The most commands that run at a time in one session, nested or side by side. */
export const MAX_NESTED = 16

/** A session that runs commands for its program. */
export interface NestingHost {
  readonly session: Session
  /** The typed command that runs now. */
  readonly running: RunningCommand | undefined
  readonly commands: { readonly interrupts: { writeRefusal(): Error | undefined } | undefined }
  readonly report: NestedReport
}

interface NestedReport {
  /** Whether the session has begun, after its login. */
  readonly isIn: boolean
  nestedBegins(call: RunningCommand): void
  nestedEnds(call: RunningCommand, status: number): void
}

/** What nested commands need of the served shell. */
interface NestingService {
  readonly dispatcher: Dispatcher
  readonly shell: { readonly settings: Pick<ShellSettings, 'reader' | 'maxInput'> }
  readonly tools: SessionServices
  /** Knows within which capture a caller runs. */
  readonly captures: Callers
}

interface NestedRun {
  readonly call: RunningCommand
  /** The typed command that ran when this one began. */
  readonly outer: RunningCommand | undefined
  readonly reject: (error: unknown) => void
}

/**
 * The commands that a program runs in one session by `session.run`. They run beside the loop of
 * typed commands: no history keeps them, and no rate limit counts them. Only their number is
 * limited. When there are too many, all further ones are refused. So aliases that call each other
 * in a circle end in linear time, however often each calls the next.
 */
export class NestedCommands implements CommandRunner {
  readonly #host: NestingHost
  readonly #service: NestingService
  #runs: Set<NestedRun> | undefined
  #slice: TimeSlice | undefined
  /**
   * Set when there were too many. No command begins until all of them have ended, and the typed
   * command with them.
   */
  #exhausted: { readonly outer: RunningCommand | undefined } | undefined

  constructor(host: NestingHost, service: NestingService) {
    this.#host = host
    this.#service = service
  }

  /** What takes the output of the code that runs now; `undefined` if its user sees it. */
  get capture(): Capture | undefined {
    const { captures } = this.#service
    return captures.watched ? captureOf(this, captures.current) : undefined
  }

  get capturing(): boolean {
    return this.capture !== undefined
  }

  run(command: string | readonly string[], capture: boolean): Promise<number | CapturedRun> {
    return unawaited(this.#admit(command, capture ? new Capture(this, this.capture) : undefined))
  }

  /**
   * Interrupts, on Ctrl-C, the commands that began within a typed command; without `outer`, those
   * that began outside one.
   */
  interrupt(outer: RunningCommand | undefined): void {
    for (const run of this.#runs ?? []) if (run.outer === outer) run.call.abort(new Interrupted(this.#host.session.id))
  }

  /**
   * Abandons the commands that began within a typed command, because the session continues without
   * it.
   */
  abandon(outer: RunningCommand): void {
    for (const run of this.#runs ?? []) if (run.outer === outer) run.call.abandoned = true
  }

  /** Ends all commands with the session, and rejects the promises of their callers. */
  end(end: { readonly error: Error }): void {
    for (const { call, reject } of this.#runs ?? []) {
      call.abort(end.error)
      call.abandoned = true
      reject(end.error)
    }
  }

  async #admit(command: string | readonly string[], capture: Capture | undefined): Promise<number | CapturedRun> {
    if (!this.#host.report.isIn) throw new AnswerbackError('NOT_BEGUN')
    const outer = this.#host.running
    const refusal = this.#refusal()
    // Rejects in a later turn, so that a loop that catches all errors does not block the event
    // loop.
    if (refusal !== undefined) await new Promise<void>(resolve => this.#service.tools.scheduler.nextTurn(resolve))
    else await this.#turn()
    const error = refusal ?? this.#refusal()
    if (error !== undefined) throw error
    return capture === undefined ? this.#start(command, outer) : this.#captured(command, outer, capture)
  }

  #refusal(): Error | undefined {
    const { session, commands } = this.#host
    return session.signal.aborted ? (session.signal.reason as Error) : commands.interrupts?.writeRefusal()
  }

  /** Resolves in a later turn if the time slice is used up. */
  async #turn(): Promise<void> {
    const { scheduler } = this.#service.tools
    const slice = (this.#slice ??= new TimeSlice(scheduler))
    if (!slice.look()) return
    await new Promise<void>(resolve => scheduler.defer(resolve))
    slice.begin()
  }

  async #captured(
    command: string | readonly string[],
    outer: RunningCommand | undefined,
    capture: Capture,
  ): Promise<CapturedRun> {
    const { captures } = this.#service
    captures.watch()
    try {
      const status = await captures.run(capture, () => this.#start(command, outer, capture))
      if (capture.failure !== undefined) throw capture.failure
      const { text, value } = capture
      return { status, text, value }
    } finally {
      capture.open = false
      captures.unwatch()
    }
  }

  async #start(
    command: string | readonly string[],
    outer: RunningCommand | undefined,
    capture?: Capture,
  ): Promise<number> {
    const { reader, maxInput } = this.#service.shell.settings
    let input: ReturnType<typeof readInput>
    try {
      input = readInput(command, reader(), maxInput)
    } catch (thrown) {
      const error = readableError(thrown)
      if (error instanceof AnswerbackError) throw error
      if (!(await this.#service.dispatcher.report(error, this.#host.session))) this.#host.session.end(STATUS.failed)
      return statusOfError(error)
    }
    if (typeof input === 'string') return this.#refuse(input, STATUS.usage)
    if (input.words.length === 0) return STATUS.ok
    if (this.#isFull(outer)) return STATUS.failed
    return this.#dispatch(input, outer, capture)
  }

  #dispatch(input: NestedInput, outer: RunningCommand | undefined, capture: Capture | undefined): Promise<number> {
    const call = new RunningCommand(input, input.reader)
    const runs = (this.#runs ??= new Set())
    if (capture !== undefined) {
      capture.onFull = failure => call.abort(failure)
      call.onAnswer = answer => (capture.value = answer)
    }
    return new Promise((resolve, reject) => {
      const run: NestedRun = { call, outer, reject }
      runs.add(run)
      this.#host.report.nestedBegins(call)
      void andThen(this.#service.dispatcher.run(call, this.#host.session), status => {
        runs.delete(run)
        this.#host.report.nestedEnds(call, status)
        if (call.goesOn) resolve(this.#refuse(input.unfinishedText, STATUS.usage))
        else if (call.reason === undefined) resolve(status)
        else reject(call.reason)
      })
    })
  }

  /** Returns whether there are too many commands. The user sees the error only once. */
  #isFull(outer: RunningCommand | undefined): boolean {
    const running = this.#runs?.size ?? 0
    if (running === 0 && (outer === undefined || outer !== this.#exhausted?.outer)) this.#exhausted = undefined
    if (this.#exhausted !== undefined) return true
    if (running < MAX_NESTED) return false
    this.#exhausted = { outer }
    this.#refuse(`More than ${MAX_NESTED} commands would run within one another.`, STATUS.failed)
    return true
  }

  #refuse(sentence: string, status: number): number {
    const { session } = this.#host
    const { log } = this.#service.tools
    tellError(session, sentence, err => log.error({ err, session: session.id }, 'writeError has thrown'))
    return status
  }
}
