import type { Invocation } from '../command/invocation.ts'
import { MaskedCall } from './masked-call.ts'
import type { FoundCommand } from '../command/registry.ts'
import { LazyAbort } from '../../core/async/lazy-abort.ts'
import type { InputReader, LocatedWord } from '../words/input-reader.ts'

/** An invocation, as the shell keeps it. */
export class RunningCommand extends LazyAbort<Error> implements Invocation {
  words: readonly string[]
  /** All words of the input as its reader has made them, including those of a `:line`. */
  readonly split: readonly string[]
  /**
   * Whether its reader needs a further line. If so, only a command whose `:line` has begun runs.
   */
  readonly unfinished: boolean
  /** Whether no such command runs, so that the input continues in a further line. */
  goesOn = false
  readonly #input: string
  readonly #reader: InputReader | undefined
  #history: InputHistory | undefined
  /** The command that runs, once it is known. */
  found: FoundCommand | undefined
  /**
   * Why no command runs, and what was tried: the name of the command that is not allowed, or the
   * first word.
   */
  refusal: CommandRefusal | undefined
  /** Whether its answer is to be JSON. */
  json = false
  /**
   * Whether its session continues without it: its answer is dropped, and it may ask nothing. What
   * it writes itself is still shown.
   */
  abandoned = false
  /** Called with the result of its handler, as soon as it is settled. */
  onAnswer: ((answer: unknown) => void) | undefined
  #streaming = false
  #onStream: (() => void) | undefined
  #considered: FoundCommand | undefined
  /** The commands with a secret, of those that were considered. */
  #secrets: FoundCommand[] | undefined
  #masked: Invocation | undefined
  /** The index of the word that is a `:line`. */
  #lineAt: number | undefined

  /** `reader` has made the words of the input. `history`, if given, keeps the input. */
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
   * Whether its words must stay hidden: one of them may be a secret of its command, even if the
   * words are wrong or not allowed.
   */
  get secret(): boolean {
    return this.#secrets !== undefined
  }

  /**
   * Returns the places of the words in the input; `undefined` if their reader does not locate them,
   * or finds other words.
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
   * Joins all words from an index on into one, as typed, without blanks at its end. Returns it.
   * If the reader does not locate words, they are joined with blanks.
   */
  takeLine(at: number): string {
    const first = this.#locateSplit()?.[at]
    const line = first === undefined ? this.split.slice(at).join(' ') : withoutBlanks(this.#input.slice(first.start))
    this.words = [...this.split.slice(0, at), line]
    this.#lineAt = at
    return line
  }

  /** Marks its answer as a stream, from now on. */
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

  /** Records a command that the words may call, before the check whether the session may run it. */
  consider(found: FoundCommand): void {
    this.#considered ??= found
    if (found.command.usage.secret) (this.#secrets ??= []).push(found)
  }

  /**
   * Records why no command runs: the first that was considered is not allowed, or there is none.
   */
  refuse(): void {
    const denied = this.#considered?.command.usage.name
    this.refusal =
      denied === undefined ? { reason: 'unknown', tried: this.words[0] ?? '' } : { reason: 'denied', tried: denied }
  }

  /** The call as all but its handler may see it, always the same object. */
  get masked(): Invocation {
    return (this.#masked ??= this.#secrets === undefined ? this : new MaskedCall(this, this.#secrets))
  }

  /**
   * Adds the input to the history, once; of an input with a secret, only the command's name. Called
   * when it is known which command runs.
   */
  remember(): void {
    this.#history?.add(this.#secrets?.[0]?.command.usage.name ?? this.#input)
    this.#history = undefined
  }
}

/**
 * Removes the blanks at the end of a text. A pattern would take quadratic time with many blanks in
 * the middle.
 */
function withoutBlanks(text: string): string {
  let end = text.length
  while (end > 0 && ' \t'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** An input to look for a command in. */
export interface WholeInput {
  readonly words: readonly string[]
  /** What was typed, without its last line end. */
  readonly text: string
  /** Whether its reader needs a further line. */
  readonly unfinished: boolean
}

/** Why an input has run no command. */
export interface CommandRefusal {
  readonly reason: 'unknown' | 'denied'
  readonly tried: string
}

/** Keeps inputs. */
export interface InputHistory {
  add(input: string): void
}
