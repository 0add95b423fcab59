/** Candidates for `line.slice(start, end)`. */
export interface Completion {
  readonly start: number
  readonly end: number
  readonly candidates: readonly Candidate[]
}

export interface Candidate {
  /** As it is to stand in the line: in quotes where it needs them. */
  readonly text: string
  readonly description?: string
}

/** Readline's names for what can be done with a completion. */
export type CompletionAction =
  | 'complete'
  | 'possible-completions'
  | 'insert-completions'
  | 'menu-complete'
  | 'menu-complete-backward'

/** As far as all candidates agree; whole, where there is only one. */
export function commonPrefix(candidates: readonly Candidate[]): string {
  return candidates.map(({ text }) => text).reduce(agreement)
}

function agreement(one: string, other: string): string {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return one.slice(0, length).replace(HALF_PAIR, '')
}

const HALF_PAIR = /[\ud800-\udbff]$/
