import type { Terminal } from '../../core/connection.ts'
import type { Key } from '../../terminal/key.ts'
import { withoutStyles } from '../../core/text/escape-sequence.ts'
import { widthOf } from '../../terminal/width.ts'
import { Keypad } from '../line/keypad.ts'
import { Question } from './question.ts'

export type PageSize = Pick<Terminal, 'columns' | 'rows'>

/**
 * How to continue after a screenful, with the keys of `more`: Space shows the next page, Enter a
 * line, q nothing more.
 */
export type More = 'page' | 'line' | 'quit'

/**
 * Shows a text page by page, and asks after each one, until the text ends or the user quits. `size`
 * returns the size of the next page; `undefined` shows the whole rest. `show` receives lines
 * without the last line's end.
 */
export async function page(
  text: string,
  size: () => PageSize | undefined,
  show: (lines: string) => unknown,
  ask: () => Promise<More>,
): Promise<void> {
  const lines = text.split('\n')
  let from = 0
  let more: More = 'page'
  while (more !== 'quit') {
    const next = size()
    if (next === undefined) return void (await show(lines.slice(from).join('\n')))
    const end = more === 'line' ? from + 1 : fittingLines(lines, from, next.columns, next.rows - 1)
    await show(lines.slice(from, end).join('\n'))
    if (end >= lines.length) return
    from = end
    more = await ask()
  }
}

/** Returns the size of a page: `paging` rows, or the terminal's. */
export function pageSize(paging: boolean | number, { columns, rows }: PageSize): PageSize {
  return { columns, rows: typeof paging === 'number' ? paging : rows }
}

/** Returns whether a text has more rows than a window; the window's last row is for the prompt. */
export function isLong(text: string, { columns, rows }: PageSize): boolean {
  // Each row has at least one character, so most texts need no count.
  if (text.length < rows && text.length < columns) return false
  const lines = text.split('\n', rows)
  return fittingLines(lines, 0, columns, rows - 1) < lines.length
}

/** Returns the index after the last line that fits, from `from` on: at least one line is shown. */
function fittingLines(lines: readonly string[], from: number, columns: number, rows: number): number {
  let left = rows
  let end = from
  while (end < lines.length) {
    left -= Math.max(1, Math.ceil(widthOf(withoutStyles(lines[end] as string)) / columns))
    if (left < 0) break
    end++
  }
  return Math.max(end, from + 1)
}

/** The prompt between two screenfuls; the answer removes it. */
export class MoreQuestion extends Question<More> {
  readonly prompt = '--More--'
  readonly fleeting = true
  readonly editor: MoreKeys = new MoreKeys()

  line(): void {
    this.resolve(this.editor.chosen)
  }
}

class MoreKeys extends Keypad {
  chosen: More = 'page'

  protected press(key: Key): 'none' | 'accept' {
    const chosen = KEYS[key]
    if (chosen === undefined) return 'none'
    this.chosen = chosen
    return 'accept'
  }
}

const KEYS: Readonly<Record<string, More>> = {
  ' ': 'page',
  Enter: 'line',
  'C-j': 'line',
  q: 'quit',
  Q: 'quit',
  Escape: 'quit',
}
