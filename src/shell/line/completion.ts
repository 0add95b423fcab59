/** Candidates for `line.slice(start, end)`. */
export interface Completion {
  readonly start: number
  readonly end: number
  readonly candidates: readonly CompletionItem[]
  /** What follows a candidate, so that the next word begins. Default: a blank. */
  readonly separator?: string
}

/** One value that Tab offers. */
export interface CompletionItem {
  /** As it is to stand in the line: in quotes where it needs them. */
  readonly text: string
  /** Shown beside the value in the list. */
  readonly description?: string
}

/** Readline's names for what can be done with a completion. */
export type CompletionAction =
  | 'complete'
  | 'possible-completions'
  | 'insert-completions'
  | 'menu-complete'
  | 'menu-complete-backward'

export const COMPLETION_ACTIONS: ReadonlySet<string> = new Set<CompletionAction>([
  'complete',
  'possible-completions',
  'insert-completions',
  'menu-complete',
  'menu-complete-backward',
])

/** As far as all candidates agree; whole, where there is only one. */
export function commonPrefix(candidates: readonly CompletionItem[]): string {
  let common = candidates[0]?.text ?? ''
  if (candidates.length === 1) return common
  for (const { text } of candidates) {
    let length = 0
    while (length < common.length && common[length] === text[length]) length++
    common = common.slice(0, length)
  }
  return common.replace(HALF_PAIR, '')
}

/**
 * Returns a completion of several lines in their last one, which begins at `before`. A word that
 * began in an earlier one cannot be completed.
 */
export function shifted(completion: Completion, before: number): Completion {
  const { start, end, candidates } = completion
  return { ...completion, start: start - before, end: end - before, candidates: start < before ? [] : candidates }
}

const HALF_PAIR = /[\ud800-\udbff]$/
