import { describe, expect, it } from 'vitest'
import { Editor, type Effect } from './editor.ts'
import { remember } from './history/entries.ts'
import { EMACS } from './keys/emacs.ts'
import { BOUND, DIFFERENCES, RECORDED } from './readline.suite.ts'

describe.each(RECORDED)('as recorded from Readline, with the history $history', ({ history, rows }) => {
  const cases = rows.map(([start, keys, end, bell]) => ({ start, keys, end, bell: bell !== undefined }))
  it.each(cases)('$start $keys → $end', ({ start, keys, end, bell }) => {
    expect(typed(history, start, keys)).toEqual({ line: end, bell })
  })
})

describe('where we differ from Readline', () => {
  it.each(DIFFERENCES)(
    '$recorded → $ours: $why',
    ({ history, recorded: [start, keys, end, bell], ours, bell: ourBell }) => {
      const result = typed(history, start, keys)
      expect(result).toEqual({ line: ours, bell: ourBell === true })
      expect(result).not.toEqual({ line: end, bell: bell !== undefined })
    },
  )
})

/**
 * Types a row's start and keys; accepted lines go into the history. Returns the line with `|` at
 * the cursor.
 */
function typed(history: readonly string[], start: string, keys: string): { line: string; bell: boolean } {
  const entries = [...history]
  const editor = new Editor({ history: entries, keyMap: EMACS.bind(BOUND) })
  let bell = false
  const handle = (effect: Effect): void => {
    if (effect === 'bell') bell = true
    if (effect !== 'accept') return
    remember(entries, editor.text, { duplicates: 'keep' })
    editor.begin()
  }
  editor.begin()
  for (const input of startInputs(start)) handle(give(editor, input))
  for (const input of keys.match(/'[^']*'|\S+/g)!) handle(give(editor, input))
  return { line: `${editor.text.slice(0, editor.cursor)}|${editor.text.slice(editor.cursor)}`, bell }
}

function startInputs(start: string): string[] {
  const [before = '', after = ''] = start.split('|')
  const typing = Array.from(before + after, character => `'${character}'`)
  return after === '' ? typing : [...typing, 'C-a', ...Array.from(before, () => 'C-f')]
}

function give(editor: Editor, input: string): Effect {
  if (input.startsWith("'")) return editor.insert(input.slice(1, -1))
  if (input.startsWith('paste:')) return editor.paste(input.slice(6).replaceAll('_', ' ').replaceAll('\\n', '\n'))
  return editor.key(input)
}
