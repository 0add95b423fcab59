/** A usage text, read. */
export interface UsageText {
  readonly text: string
  /**
   * The command's words, each with its names as declared: the first is the name, the others are
   * aliases. There is at least one word.
   */
  readonly words: readonly (readonly string[])[]
  /** The name: the first name of each word, joined by blanks. */
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly flags: readonly Flag[]
  /**
   * Parameters and flags as usage lines show them: as declared, without types and defaults, and
   * with choices instead of names if those are short. Empty if there are none.
   */
  readonly shown: string
  /**
   * Whether it has a parameter of the type `secret`: its input belongs in no history and no log.
   */
  readonly secret: boolean
  /** Its last parameter is of the type `line`: it takes the rest of the input as it was typed. */
  readonly takesLine: boolean
  /**
   * Whether a parameter has a name that plain objects inherit (`constructor`, `__proto__`): its
   * arguments need an object without a prototype.
   */
  readonly inherited: boolean
}

export type ValueType = 'string' | 'number' | 'integer' | 'boolean' | 'secret' | 'line' | 'choice'

/** The declaration of one value. */
export interface Value {
  readonly name: string
  readonly type: ValueType
  /** In the order of the text; empty except for `choice`. */
  readonly choices: readonly string[]
  /** The value if none is given: as written, and as the handler receives it. */
  readonly default?: { readonly text: string; readonly value: unknown }
}

/** A positional parameter. */
export interface Parameter extends Value {
  readonly required: boolean
  /** Whether it takes all remaining words, as a list; only the last parameter can. */
  readonly many: boolean
}

/**
 * `[-f, --follow]`, `[-n, --count <n>]`, `[--tag <t>...]`. At least one of `short` and `long` is
 * given, without dashes.
 */
export interface Flag {
  /** Its name among the arguments: `dryRun` for `--dry-run`. */
  readonly key: string
  readonly short?: string
  readonly long?: string
  /** Absent for a switch. */
  readonly value?: Value
  /** Whether it may be given more than once, and makes a list. */
  readonly many: boolean
}

/** By parameter name and flag key. An absent argument has no property. */
export type Arguments = Record<string, unknown>
