/** A usage text, read. */
export interface UsageText {
  readonly text: string
  /**
   * The command's words, each with its names as declared: the first is the name, the rest are
   * aliases. At least one word.
   */
  readonly words: readonly (readonly string[])[]
  /** The name: the first name of each word, joined by blanks. */
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly flags: readonly Flag[]
  /**
   * Parameters and flags as people read them: as declared, without types and defaults. Empty where
   * there are none.
   */
  readonly shown: string
  /**
   * It has a parameter of the type `secret`: what is typed for it belongs into no history and no
   * log.
   */
  readonly secret: boolean
  /**
   * A parameter bears a name that plain objects inherit (`constructor`, `__proto__`): its arguments
   * need an object that inherits none.
   */
  readonly inherited: boolean
}

export type ValueType = 'string' | 'number' | 'integer' | 'boolean' | 'secret' | 'choice'

/** What is declared of one value. */
export interface Value {
  readonly name: string
  readonly type: ValueType
  /** In the order of the text; empty but for `choice`. */
  readonly choices: readonly string[]
  /** What stands in when nothing is given: as it is written, and as the handler gets it. */
  readonly default?: { readonly text: string; readonly value: unknown }
}

/** A positional parameter. */
export interface Parameter extends Value {
  readonly required: boolean
  /** Takes all words that are left, as a list; only the last one can. */
  readonly many: boolean
}

/**
 * `[-f, --follow]`, `[-n, --count <n>]`, `[--tag <t>...]`: at least one of `short` and `long` is
 * there, without dashes.
 */
export interface Flag {
  /** Its name among the arguments: `dryRun` for `--dry-run`. */
  readonly key: string
  readonly short?: string
  readonly long?: string
  /** Absent: a switch, there or not. */
  readonly value?: Value
  /** May be given more than once, and makes a list. */
  readonly many: boolean
}

/** By parameter name and flag key. What is absent has no property. */
export type Arguments = Record<string, unknown>
