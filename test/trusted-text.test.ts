import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { WAYS } from './ways.suite.ts'

/** A foreign text, and what is to be seen of it where it is treated so. */
interface Foreign {
  readonly name: string
  readonly text: string
  readonly sanitized: string
  readonly shown: string
  readonly spelled: string
  /** In prompts. */
  readonly coloured: string
}

const FOREIGN: readonly Foreign[] = [
  sequence('a CSI sequence', '\x1b[2J', '[2J', '\\x1b[2J', '^[[2J'),
  sequence('an OSC sequence', '\x1b]0;title\x07', ']0;title', '\\x1b]0;title\\x07', '^[]0;title^G'),
  sequence('a reset', '\x1bc', 'c', '\\x1bc', '^[c'),
  { ...sequence('a colour', '\x1b[31m', '[31m', '\\x1b[31m', '^[[31m'), coloured: '\x1b[31m' },
  foreign('NUL', '\0', '', '\\x00', '^@'),
  foreign('BEL', '\x07', '', '\\x07', '^G'),
  foreign('backspace', '\b', '', '\\x08', '^H'),
  foreign('DEL', '\x7f', '', '\\x7f', '^?'),
  foreign('CSI of C1', '\x9b2J', '2J', '\\x9b2J', '\\x9b2J'),
  foreign('OSC of C1', '\x9d0;t\x9c', '0;t', '\\x9d0;t\\x9c', '\\x9d0;t\\x9c'),
  foreign('CR', '\r', '\n  ', '\\r', '^M'),
  { ...foreign('LF', '\n', '\n  ', '\\n', '\n'), coloured: '\n' },
  { ...foreign('CR LF', '\r\n', '\n  ', '\\r\\n', '^M\n'), coloured: '^M\n' },
  foreign('VT', '\v', '\n  ', '\\x0b', '^K'),
  foreign('FF', '\f', '\n  ', '\\x0c', '^L'),
  foreign('NEL', '\x85', '\n  ', '\\x85', '\\x85'),
  foreign('U+2028', '\u2028', '\n  ', '\\u2028', '\\u2028'),
  foreign('U+2029', '\u2029', '\n  ', '\\u2029', '\\u2029'),
  ...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069].map(code => {
    const shown = `\\u${code.toString(16)}`
    return foreign(`U+${code.toString(16)}`, String.fromCharCode(code), '', shown, shown)
  }),
  foreign('half a pair', '\ud83d', '\ufffd', '\\ud83d', '\ufffd'),
  foreign('the other half', '\ude00', '\ufffd', '\\ude00', '\ufffd'),
]

function foreign(name: string, text: string, sanitized: string, shown: string, spelled: string): Foreign {
  return { name, text, sanitized, shown, spelled, coloured: spelled }
}

function sequence(name: string, text: string, sanitized: string, shown: string, spelled: string): Foreign {
  return { ...foreign(name, text, sanitized, shown, spelled), coloured: '' }
}

/**
 * What may be seen of a foreign text, by the treatments of the document. None: nothing of it may
 * be.
 */
const TREATMENTS: Readonly<Record<string, (text: Foreign) => readonly string[]>> = {
  'as it is': ({ text }) => [text, text.replace('\r\n', '\n')],
  sanitized: ({ sanitized }) => [sanitized],
  'sanitized in one line': ({ sanitized }) => [sanitized.replace('\n  ', ' ')],
  shown: ({ shown }) => [shown],
  'shown without sequences': ({ text, shown }) => [/^[\x1b\x9b\x9d]/.test(text) ? '' : shown],
  'shown by lines': ({ shown }) => [shown.replace('\\n', '\n')],
  // An input of several lines: behind the prompt for further ones, or in the quotes that completion
  // makes.
  'spelled out': ({ spelled }) => [spelled, spelled.replace('\n', '\n... '), spelled.replace('\n', '\\n')],
  // On a terminal that has no colours they are left out.
  'colours stay': ({ text, coloured }) => (text === coloured ? [coloured, ''] : [coloured]),
  escaped: ({ text }) => [
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[\x7f-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ],
  nothing: () => [],
  refused: () => [],
}

interface Row {
  readonly way: string
  readonly treatment: string
}

/** The rows of the document's table, one for each way. */
const rows: Row[] = readFileSync('docs/SECURITY.md', 'utf8')
  .replace(/^[^]*\n## Which text is trusted\n/, '')
  .replace(/\n## [^]*$/, '')
  .split('\n')
  .filter(line => line.startsWith('|'))
  .slice(2)
  .flatMap(line => {
    const [, ways = '', treatment = ''] = line.split('|').map(cell => cell.trim())
    return ways.split(', ').map(way => ({ way, treatment }))
  })

describe('the table of docs/SECURITY.md', () => {
  it('has every way to write, and no other', () => {
    expect(rows.map(({ way }) => way).sort()).toEqual(Object.keys(WAYS).sort())
  })

  it.each(rows)('is right about $way: $treatment', async ({ way, treatment }) => {
    const ways = [WAYS[way] ?? []].flat()
    const treat = TREATMENTS[treatment]
    if (treat === undefined) throw new Error(`The treatment "${treatment}" is not known.`)
    for (const [index, send] of ways.entries()) {
      for (const each of FOREIGN) {
        const output = await send(`⟦${each.text}⟧`)
        expect
          .soft({ of: each.name, index, seen: wrong(output, each.text, treat(each)) })
          .toEqual({ of: each.name, index, seen: [] })
      }
      expect.soft(await send('⟦x⟧')).toMatch(treatment === 'nothing' ? /noted/ : '⟦x⟧')
    }
  })
})

/**
 * What stands between the marks, wherever they are, and may not; or stands elsewhere, and is
 * nothing that is written anyway.
 */
function wrong(output: string, text: string, right: readonly string[]): string[] {
  const marked = [...output.matchAll(/⟦([^⟧]*)⟧/g)].map(([, seen = '']) => seen).filter(seen => !right.includes(seen))
  const stray = !right.includes(text) && !/^[\r\n\b\x07]+$/.test(text) && output.includes(text)
  return stray ? [...marked, output] : marked
}
