import { describe, expect, it, vi } from 'vitest'
import { layout } from './layout.ts'
import type { Frame } from './frame.ts'
import type { Picture } from './layout.ts'
import { widthOf } from './width.ts'
import type { Width } from './width.ts'

function lay(picture: Partial<Picture>, columns = 10, rows = 24, width: Width = widthOf): Frame {
  return layout({ prompt: '', text: '', cursor: 0, ...picture }, { columns, rows, width })
}
/** Returns rows as text; `\` ends a row that wraps. */
function rowsOf({ rows }: Frame): string[] {
  return rows.map(({ cells, wraps }) => cells.map(({ text }) => text).join('') + (wraps ? '\\' : ''))
}

describe('layout', () => {
  it.each<[string, Partial<Picture>, string[]]>([
    ['nothing', {}, ['']],
    ['prompt and text', { prompt: '$ ', text: 'hello' }, ['$ hello']],
    ['a long line', { prompt: '$ ', text: 'abcdefghijkl' }, ['$ abcdefgh\\', 'ijkl']],
    ['a full row, with one for the cursor', { prompt: '$ ', text: 'abcdefgh' }, ['$ abcdefgh\\', '']],
    ['a wide character at the edge', { prompt: '$ a', text: '日本語日' }, ['$ a日本語\\', '日']],
    ['a cluster that terminals take apart', { text: 'abcdefg👩‍👩‍👧' }, ['abcdefg👩‍\\', '👩‍👧']],
    ['combining marks', { text: 'e\u0301e\u0301' }, ['e\u0301e\u0301']],
    ['a mark at the edge stays with its letter', { text: 'abcdefghie\u0301x' }, ['abcdefghie\u0301\\', 'x']],
    ['a mark without a letter', { text: '\u0301a' }, ['\u25cc\u0301a']],
    ['control characters as Readline shows them', { text: '\x01\x1b\x7f' }, ['^A^[^?']],
    ['8-bit control characters by number', { text: '\x85' }, ['\\x85']],
    ['a control character over the edge', { text: 'abcdefghi\x01' }, ['abcdefghi^\\', 'A']],
    ['tabs to the next stop of 8', { prompt: '$ ', text: 'a\tb' }, ['$ a     b']],
    ['a tab at the edge', { text: '123456789\tb' }, ['123456789 \\', 'b']],
    ['a tab that begins a row', { text: '1234567890\tb' }, ['1234567890\\', '        b']],
    ['half of a surrogate pair', { text: 'a\ud83d' }, ['a\ufffd']],
    ['lines of text', { prompt: '$ ', continuation: '> ', text: 'one\ntwo' }, ['$ one', '> two']],
    ['a full line of text before another', { text: '1234567890\nx' }, ['1234567890\\', '', 'x']],
    ['a carriage return', { text: 'a\r\nb' }, ['a^M', 'b']],
    ['a prompt of several lines', { prompt: 'one\ntwo> ', text: 'x' }, ['one', 'two> x']],
    ['a full line of the prompt', { prompt: '1234567890\n$ ', text: 'x' }, ['1234567890', '$ x']],
    ['colours in the prompt take no room', { prompt: '\x1b[1;31m12345678\x1b[m', text: 'ab' }, ['12345678ab\\', '']],
    [
      'other sequences in the prompt are dropped',
      { prompt: '\x1b[2J\x1b]0;title\x07\x1b(B$\x1b[6n ', text: 'x' },
      ['$ x'],
    ],
    ['an unfinished sequence in the prompt', { prompt: '$ \x1b[', text: 'x' }, ['$ x']],
    ['a mask', { prompt: '> ', text: 'é日e\u0301', mask: '*' }, ['> ***']],
    ['an empty mask', { prompt: '> ', text: 'secret', mask: '' }, ['> ']],
    ['a hint', { text: 'he', hint: 'llo' }, ['hello']],
    [
      'rows below, cut at the edge',
      { text: 'x', below: ['0123456789ab', '012345678日', 'é'] },
      ['x', '0123456789', '012345678', 'é'],
    ],
  ])('shows %s', (_, picture, rows) => {
    expect(rowsOf(lay(picture))).toEqual(rows)
  })

  it.each<[string, Partial<Picture>, [row: number, column: number]]>([
    ['at the end', { prompt: '$ ', text: 'ab', cursor: 2 }, [0, 4]],
    ['at the end of a full row', { prompt: '$ ', text: 'abcdefgh', cursor: 8 }, [1, 0]],
    ['before a character that wraps', { prompt: '$ a', text: '日本語日', cursor: 3 }, [1, 0]],
    ['before a newline', { text: 'ab\ncd', cursor: 2 }, [0, 2]],
    ['before a newline after a full row', { text: '1234567890\ncd', cursor: 10 }, [1, 0]],
    ['after a newline', { text: 'ab\ncd', cursor: 3, continuation: '> ' }, [1, 2]],
    ['before a hint that wraps', { text: '1234567890', cursor: 10, hint: 'x' }, [1, 0]],
    ['among masks', { prompt: '> ', text: 'é日e\u0301', mask: '*', cursor: 2 }, [0, 4]],
    ['behind an empty mask', { prompt: '> ', text: 'secret', mask: '', cursor: 3 }, [0, 2]],
    ['above rows below', { text: 'ab', cursor: 2, below: ['x'] }, [0, 2]],
    ['behind a tab', { text: '\tx', cursor: 1 }, [0, 8]],
  ])('puts the cursor %s', (_, picture, cursor) => {
    const frame = lay(picture)
    expect([frame.cursorRow, frame.cursorColumn]).toEqual(cursor)
  })

  it('adds up the colours of a prompt until a reset, and styles spans, and dims hints', () => {
    const prompt = '\x1b[1ma\x1b[31mb\x1b[0;32mc\x1b[0md'
    const { rows } = lay({ prompt, text: 'xyz', spans: [{ start: 1, end: 2, style: '4' }], hint: '!' })
    const styles = rows[0]!.cells.map(({ text, style }) => `${text}${style}`)
    expect(styles).toEqual(['a1', 'b1;31', 'c32', 'd', 'x', 'y4', 'z', '!2'])
  })

  it('takes a cluster as one cell where the session’s own width does', () => {
    const byCluster: Width = text => (text === '👩‍👩‍👧' ? 2 : widthOf(text))
    expect(lay({ text: '👩‍👩‍👧x' }, 10, 24, byCluster).rows[0]!.cells.map(({ width }) => width)).toEqual([2, 1])
  })

  it('shows a question mark for what is wider than the screen', () => {
    expect(rowsOf(lay({ text: '日' }, 1))).toEqual(['?\\', ''])
  })

  it('keeps a pile of marks from growing without end', () => {
    const { cells } = lay({ text: `e${'\u0301'.repeat(10_000)}x` }).rows[0]!
    expect(cells[0]!.text.length).toBeLessThan(100)
    expect(cells).toHaveLength(2)
  })

  it('cuts what is taller than the screen to the rows around the cursor', () => {
    const text = Array.from({ length: 10 }, (_, index) => `line ${index}`).join('\n')
    for (let cursor = 0; cursor <= text.length; cursor++) {
      const frame = lay({ text, cursor }, 10, 4)
      expect(frame.rows).toHaveLength(4)
      expect(rowsOf(frame)[frame.cursorRow]).toBe(`line ${Math.floor(cursor / 7)}`)
    }
  })

  it('does not wrap its last row into one that is cut off', () => {
    expect(rowsOf(lay({ text: 'x'.repeat(35), cursor: 0 }, 10, 2))).toEqual(['xxxxxxxxxx\\', 'xxxxxxxxxx'])
  })
})

it('asks no segmenter where the width of a cluster is that of its code points', () => {
  const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment')
  lay({ text: '😀e\u0301👩‍👩‍👧🇩🇪'.repeat(1000) })
  expect(segment).not.toHaveBeenCalled()
  segment.mockRestore()
})

describe('a text that is longer than the screen', () => {
  const texts = ['word ', '漢', 'e\u0301', '👩‍👩‍👧', '\t', 'a\n', 'กำ', '\x01', 'ab漢\n\t🇩🇪']
  it.each(texts)('of %j is laid out as it would be if all of it were seen', cluster => {
    const text = cluster.repeat(Math.ceil(5000 / cluster.length))
    const more = { text, prompt: 'a\n> ', continuation: '. ', hint: 'hint', below: ['below'] }
    for (const at of [0, 1, 10, 499, 500, 2500, 4990]
      .map(part => Math.floor((part * text.length) / 5000))
      .concat(text.length)) {
      const all = lay({ ...more, cursor: at }, 13, 1_000_000)
      const { rows, cursorRow, cursorColumn } = lay({ ...more, cursor: at }, 13, 6)
      expect(cursorColumn).toBe(all.cursorColumn)
      const seen = all.rows.slice(all.cursorRow - cursorRow, all.cursorRow - cursorRow + 6)
      expect(rows.map(({ cells, width }) => ({ cells, width }))).toEqual(
        seen.map(({ cells, width }) => ({ cells, width })),
      )
    }
  })

  it('is read no further than the screen goes', () => {
    const codePointAt = vi.spyOn(String.prototype, 'codePointAt')
    lay({ text: '漢'.repeat(60_000), cursor: 100 }, 80, 24)
    expect(codePointAt.mock.calls.length).toBeLessThan(5000)
    codePointAt.mockRestore()
  })
})
