import type { Invocation } from '../command/invocation.ts'
import { MaskedCall } from './masked-call.ts'
import type { FoundCommand } from '../command/registry.ts'
import { LazyAbort } from '../../core/async/lazy-abort.ts'
import type { InputReader, LocatedWord } from '../words/input-reader.ts'

/** An invocation, as the shell holds it. */
export class RunningCommand extends LazyAbort<Error> implements Invocation {
  words: readonly string[]
  /** All words of the input as its reader has made them, those of a `:line` as well. */
  readonly split: readonly string[]
  /** Its reader wants a further line: only a command whose `:line` has begun runs. */
  readonly unfinished: boolean
  /** No such command runs: the input goes on in a further line. */
  goesOn = false
  readonly #input: string
  readonly #reader: InputReader | undefined
  #history: InputHistory | undefined
  /** The command that runs, once it is known. */
  found: FoundCommand | undefined
  /**
   * Why none does, and what was tried: the name of the command that is not allowed, or the first
   * word.
   */
  refusal: CommandRefusal | undefined
  /** Its answer is wanted as JSON. */
  json = false
  /**
   * Its session goes on without it: its answer is dropped, and it may ask nothing. What it writes
   * by itself still comes.
   */
  abandoned = false
  /** Called with what its handler has returned, as soon as that is settled. */
  onAnswer: ((answer: unknown) => void) | undefined
  #streaming = false
  #onStream: (() => void) | undefined
  #considered: FoundCommand | undefined
  /** Of the commands that were considered, those that take a secret. */
  #secrets: FoundCommand[] | undefined
  #masked: Invocation | undefined
  /** Of the word that is a `:line`. */
  #lineAt: number | undefined

  /** `reader` has made words of the input; `history` keeps it, where it is to be kept. */
  constructor({ words, text, unfinished }: WholeInput, reader: InputReader | undefined, history?: InputHistory) {
    super()
    this.words = words
    this.split = words
    this.unfinished = unfinished
    this.#input = text
    this.#reader = reader
    this.#history = history
  }

  get name(): string {
    return this.found?.command.usage.name ?? ''
  }

  get raw(): string {
    return `${this.#input}\n`
  }

  /**
   * Its words are nobody else's to see: one of them may be a secret of its command's, also where
   * they are wrong, or not allowed.
   */
  get secret(): boolean {
    return this.#secrets !== undefined
  }

  /**
   * Returns where the words stand in the input; `undefined` where their reader does not say, or
   * finds others.
   */
  locate(): readonly LocatedWord[] | undefined {
    const [located, at] = [this.#locateSplit(), this.#lineAt]
    const first = at === undefined ? undefined : located?.[at]
    if (located === undefined || first === undefined) return located
    const text = this.words[at as number] as string
    return [...located.slice(0, at), { text, start: first.start, end: first.start + text.length }]
  }

  #locateSplit(): readonly LocatedWord[] | undefined {
    try {
      const located = this.#reader?.locate?.(this.#input)
      const same = located?.length === this.split.length && located.every(({ text }, i) => text === this.split[i])
      return same ? located : undefined
    } catch {
      return undefined
    }
  }

  /**
   * Makes one word of all from the word of that index on, as it was typed, without blanks at its
   * end. Returns it. Where the reader does not say where words stand, they are joined by blanks.
   */
  takeLine(at: number): string {
    const first = this.#locateSplit()?.[at]
    const line = first === undefined ? this.split.slice(at).join(' ') : withoutBlanks(this.#input.slice(first.start))
    this.words = [...this.split.slice(0, at), line]
    this.#lineAt = at
    return line
  }

  /** Its answer is a stream, from now on. */
  streams(): void {
    this.#streaming = true
    this.#onStream?.()
  }

  /** Calls `run` when its answer is a stream: now, or as soon as it is. */
  whenStreaming(run: () => void): void {
    if (this.#streaming) run()
    else this.#onStream = run
  }

  get aborted(): boolean {
    return this.reason !== undefined
  }

  /**
   * Takes note of a command that the words may call, before it is asked whether the session may run
   * it.
   */
  consider(found: FoundCommand): void {
    this.#considered ??= found
    if (found.command.usage.secret) (this.#secrets ??= []).push(found)
  }

  /** No command runs: the first that was considered is not allowed, or there is none. */
  refuse(): void {
    const denied = this.#considered?.command.usage.name
    this.refusal =
      denied === undefined ? { reason: 'unknown', tried: this.words[0] ?? '' } : { reason: 'denied', tried: denied }
  }

  /** As all but its handler may see it. Always the same object. */
  get masked(): Invocation {
    return (this.#masked ??= this.#secrets === undefined ? this : new MaskedCall(this, this.#secrets))
  }

  /**
   * Puts the input into the history, once; of one with a secret no more than the command's name.
   * Called when it is known which command runs.
   */
  remember(): void {
    this.#history?.add(this.#secrets?.[0]?.command.usage.name ?? this.#input)
    this.#history = undefined
  }
}

/** Not by a pattern: that takes quadratic time where many blanks stand in the middle. */
function withoutBlanks(text: string): string {
  let end = text.length
  while (end > 0 && ' \t'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** An input that a command can be looked for in. */
export interface WholeInput {
  readonly words: readonly string[]
  /** What was typed, without its last line end. */
  readonly text: string
  /** Its reader wants a further line. */
  readonly unfinished: boolean
}

/** Why an input has run no command. */
export interface CommandRefusal {
  readonly reason: 'unknown' | 'denied'
  readonly tried: string
}

/** Where inputs are kept. */
export interface InputHistory {
  add(input: string): void
}
