import { Failure, InputEnded, Interrupted, SessionEnded } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import { answerKind, piecesOf } from './answer.ts'
import type { Pieces, Stream } from './answer.ts'
import { ArgumentFault, readArguments } from './arguments.ts'
import type { Arguments } from './arguments.ts'
import type { Command } from './command.ts'
import type { Hooks } from './hooks.ts'
import type { RunningCommand } from './invocation.ts'
import type { Registry } from './registry.ts'
import { renderValue } from './render.ts'
import type { Session } from './session.ts'
import { isThenable } from './timers.ts'
import { validate } from './validate.ts'

/** Exit statuses, as POSIX shells use them: what `ssh host command` ends with. */
export const STATUS = { ok: 0, failed: 1, usage: 2, unknown: 127, interrupted: 130 } as const

/** A status now, where nothing had to be waited for; most commands end at once, and cost no promise. */
export type Outcome = number | Promise<number>

/** Finds the command for the words that were typed, runs it, and gives its answer to the user. Never throws, never rejects. */
export class Dispatcher {
  readonly #registry: Registry
  readonly #hooks: Hooks
  readonly #log: Logger

  constructor(registry: Registry, hooks: Hooks, log: Logger) {
    this.#registry = registry
    this.#hooks = hooks
    this.#log = log
  }

  run(call: RunningCommand, session: Session): Outcome {
    try {
      const found = this.#registry.find(call.words)
      if (found === undefined) return this.#unknown(call, session)
      const { command, taken } = found
      const args = readArguments(command.usage, call.words, taken)
      if (args instanceof ArgumentFault || command.args === undefined) return this.#call(command, args, call, session)
      const checked = validate(command.usage, call.words, taken, args, command.args)
      return isThenable(checked) ? this.#callLater(command, checked, call, session) : this.#call(command, checked, call, session)
    } catch (error) {
      return this.#fault(error, call, session)
    }
  }

  /** An exception that is nobody's command: of a hook, or of a timer. Answers whether the session goes on. */
  async report(error: unknown, session: Session): Promise<boolean> {
    if (isOurSignal(error)) return true
    if (error instanceof Failure) {
      void session.writeError(error.message)
      return true
    }
    return this.#unexpected(error, session)
  }

  #call(command: Command, args: Arguments | ArgumentFault, call: RunningCommand, session: Session): Outcome {
    if (args instanceof ArgumentFault) return this.#wrongUsage(command, args, session)
    return this.#give(command.handler(args, session, call), call, session)
  }

  /** Its validators took their time. */
  async #callLater(command: Command, args: Promise<Arguments | ArgumentFault>, call: RunningCommand, session: Session): Promise<number> {
    try {
      const checked = await args
      return call.aborted ? STATUS.interrupted : await this.#call(command, checked, call, session)
    } catch (error) {
      return this.#fault(error, call, session)
    }
  }

  #unknown(call: RunningCommand, session: Session): Outcome {
    if (this.#hooks.unknown) return after(this.#give(this.#hooks.unknown(call, session), call, session), () => STATUS.unknown)
    void session.writeError(`Unknown command '${call.words[0]}'. Type 'help' for a list of commands.`)
    return STATUS.unknown
  }

  #wrongUsage(command: Command, fault: ArgumentFault, session: Session): Outcome {
    void session.writeError(`${fault.sentence}\nUsage: ${command.usage.name} ${command.usage.shown}`)
    return STATUS.usage
  }

  /** Gives an answer to the user. What answers at once is written at once. */
  #give(answer: unknown, call: RunningCommand, session: Session): Outcome {
    if (answer === undefined) return STATUS.ok
    if (isThenable(answer)) return this.#giveLater(answer, call, session)
    switch (answerKind(answer)) {
      case 'nothing':
        break
      case 'stream':
        return this.#giveStream(piecesOf(answer as Stream), call, session)
      case 'text':
        void session.writeResponse(answer as string)
        break
      case 'value':
        void session.writeResponse(renderValue(answer, { columns: session.terminal.columns }))
    }
    return STATUS.ok
  }

  async #giveLater(answer: PromiseLike<unknown>, call: RunningCommand, session: Session): Promise<number> {
    try {
      const settled = await answer
      return call.abandoned ? STATUS.interrupted : await this.#give(settled, call, session)
    } catch (error) {
      return this.#fault(error, call, session)
    }
  }

  /** Piece by piece, as the user's side takes them. However it ends, the handler's `finally` runs. */
  async #giveStream(pieces: Pieces, call: RunningCommand, session: Session): Promise<number> {
    try {
      for (;;) {
        const { done, value } = await pieces.next()
        if (done) return STATUS.ok
        if (call.aborted) break
        await session.write(String(value))
        if (call.aborted) break
      }
      await pieces.return?.()
      throw call.reason
    } catch (error) {
      return this.#fault(error, call, session)
    }
  }

  #fault(error: unknown, call: RunningCommand, session: Session): Outcome {
    if (error instanceof Failure) {
      if (!call.abandoned) void session.writeError(error.message)
      return error.status
    }
    if (isOurSignal(error) || (call.aborted && error === call.reason)) return STATUS.interrupted
    if (call.abandoned) return this.#log.warn({ err: error, session: session.id }, 'a command that its user had interrupted has thrown'), STATUS.failed
    return this.#unexpected(error, session, call).then(goesOn => {
      if (!goesOn) session.end(STATUS.failed)
      return STATUS.failed
    })
  }

  async #unexpected(error: unknown, session: Session, call?: RunningCommand): Promise<boolean> {
    if (this.#hooks.error === undefined) {
      this.#log.error({ err: error, session: session.id, command: call?.words[0] }, 'a command has thrown')
      void session.writeError('Something went wrong. It has been noted.')
      return true
    }
    try {
      return (await this.#hooks.error(error, session, call)) !== false
    } catch (err) {
      this.#log.error({ err, session: session.id }, 'onError has thrown')
      return true
    }
  }
}

/** The errors by which a session tells a command to stop. */
function isOurSignal(error: unknown): boolean {
  return error instanceof SessionEnded || error instanceof Interrupted || error instanceof InputEnded
}

function after(outcome: Outcome, then: (status: number) => number): Outcome {
  return typeof outcome === 'number' ? then(outcome) : outcome.then(then)
}
