import type { Editor } from '../editor/editor.ts'
import type { Screen } from './screen.ts'
import { visible } from './visible.ts'

/** Candidates for `line.slice(start, end)`. */
export interface Completion {
  readonly start: number
  readonly end: number
  readonly candidates: readonly Candidate[]
}

export interface Candidate {
  readonly text: string
  readonly description?: string
}

/**
 * Completes as far as the candidates agree; where that is nowhere, lists them above the line. One candidate alone is put in whole, with a
 * blank behind it. (Readline's `complete`, with `show-all-if-unmodified` on.)
 */
export function drawCompletion(completion: Completion, editor: Pick<Editor, 'replace'>, screen: Screen): void {
  const { start, end, candidates } = completion
  const [only] = candidates
  if (only === undefined) return screen.bell()
  if (candidates.length === 1) return void editor.replace(start, end, `${only.text} `)
  const common = candidates.map(({ text }) => text).reduce(commonPrefix)
  if (common.length > end - start) return void editor.replace(start, end, common)
  screen.bell()
  screen.writeLines(listing(candidates))
}

function commonPrefix(one: string, other: string): string {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return one.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}

/** More candidates than this are counted, not listed. */
const MOST = 200

function listing(candidates: readonly Candidate[]): string {
  const shown = candidates
    .slice(0, MOST)
    .map(({ text, description = '' }) => ({ text: visible(text), description: visible(description) }))
  const left = candidates.length - shown.length
  const lines = shown.some(({ description }) => description !== '')
    ? described(shown)
    : [shown.map(({ text }) => text).join('  ')]
  return [...lines, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n')
}

function described(candidates: readonly Required<Candidate>[]): string[] {
  const widest = Math.max(...candidates.map(({ text }) => text.length))
  return candidates.map(({ text, description }) => `${text.padEnd(widest)}  ${description}`.trimEnd())
}
