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
  /** The value as it is typed in the line: in quotes if it needs them. */
  readonly text: string
  /** Shown beside the value in the list. */
  readonly description?: string
}

/** Readline's names for the uses of a completion. */
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

/**
 * Returns what all candidates have in common at their beginning; an only candidate is returned
 * whole.
 */
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
 * Returns a completion of several lines for the last one, which begins at `before`. A word that
 * began in an earlier line cannot be completed.
 */
export function shifted(completion: Completion, before: number): Completion {
  const { start, end, candidates } = completion
  return { ...completion, start: start - before, end: end - before, candidates: start < before ? [] : candidates }
}

const HALF_PAIR = /[\ud800-\udbff]$/
