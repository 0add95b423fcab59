import { secretWords } from '../usage/arguments.ts'
import type { FoundCommand } from '../command/registry.ts'
import type { LocatedWord } from '../words/input-reader.ts'

/** The text that replaces a secret. */
export const MASK = '***'

/** The call to mask. */
export interface WholeCall {
  readonly name: string
  readonly words: readonly string[]
  /** The words that its reader has made. */
  readonly split: readonly string[]
  readonly raw: string
  readonly signal: AbortSignal
  /** The command that runs, if any. */
  readonly found: FoundCommand | undefined
  /** Whether its last word requests JSON. */
  readonly json: boolean
  locate(): readonly LocatedWord[] | undefined
}

/**
 * A call as all but its handler see it: each word that is a secret is masked, in `words` and in
 * `raw`.
 */
export class MaskedCall {
  readonly name: string
  readonly words: readonly string[]
  readonly raw: string
  readonly #call: WholeCall

  /**
   * `secrets` are the commands with a secret that the words may have been meant for; the one that
   * runs is `call.found`.
   */
  constructor(call: WholeCall, secrets: readonly FoundCommand[]) {
    const masked = new Set(secrets.flatMap(each => indicesOf(call, each)))
    this.#call = call
    this.name = call.name
    this.words = call.words.map((word, i) => (masked.has(i) ? MASK : word))
    this.raw = maskedInput(call, masked) ?? `${this.words.join(' ')}\n`
  }

  get signal(): AbortSignal {
    return this.#call.signal
  }
}

/**
 * Returns the indices of the words that may be secret. For a command that does not run, this is any
 * word after its name.
 */
function indicesOf({ found, split, json }: WholeCall, { command, taken }: FoundCommand): number[] {
  if (command === found?.command) return secretWords(command.usage, json ? split.slice(0, -1) : split, taken)
  return split.map((_, i) => i).slice(taken)
}

function maskedInput(call: WholeCall, masked: ReadonlySet<number>): string | undefined {
  const { raw } = call
  let [input, end] = ['', 0]
  for (const [i, { start, end: next }] of call.locate()?.entries() ?? []) {
    if (masked.has(i)) [input, end] = [input + raw.slice(end, start) + MASK, next]
  }
  return end === 0 ? undefined : input + raw.slice(end)
}
