import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { previousBoundary } from './grapheme.ts'
import { layout } from './layout.ts'
import type { Frame } from './frame.ts'
import type { Picture } from './layout.ts'
import { CursorPainter } from './cursor-painter.ts'
import { Xterm } from './xterm.suite.ts'
import { widthOf } from './width.ts'

function picture(text: string, cursor: number = text.length, more: Partial<Picture> = {}): Picture {
  return { prompt: '$ ', text, cursor, ...more }
}
function frame(picture: Picture, columns: number, rows: number = 24): Frame {
  return layout(picture, { columns, rows, width: widthOf })
}

/** A screen and a painter that draws on it. */
class Easel {
  readonly painter: CursorPainter = new CursorPainter()
  readonly screen: Xterm
  columns: number
  rows: number

  constructor(columns: number, rows: number = 24, reflow: boolean = true) {
    this.columns = columns
    this.rows = rows
    this.screen = new Xterm(columns, rows, reflow)
  }
  async paint(picture: Picture): Promise<string> {
    return this.send(this.painter.paint(frame(picture, this.columns, this.rows)))
  }
  async send(bytes: string): Promise<string> {
    await this.screen.show(bytes)
    return bytes
  }
  async resize(columns: number, rows: number): Promise<void> {
    this.screen.resize(columns, rows)
    this.columns = columns
    this.rows = rows
    await this.send(this.painter.resized(columns, rows))
  }
}

describe('the screen', () => {
  it('shows the prompt, the text and the cursor', async () => {
    const easel = new Easel(20)
    await easel.paint(picture('hello', 2))
    expect(easel.screen.lines).toEqual(['$ hello'])
    expect(easel.screen.cursor).toEqual([0, 4])
  })

  it('wraps a long line, at any place of the cursor', async () => {
    const easel = new Easel(10)
    const text = 'abcdefghijklmnopqrstuvw'
    for (const cursor of [23, 0, 8, 18, 7, 19]) {
      await easel.paint(picture(text, cursor))
      expect(easel.screen.lines).toEqual(['$ abcdefgh', 'ijklmnopqr', 'stuvw'])
      expect(easel.screen.cursor).toEqual([Math.floor((cursor + 2) / 10), (cursor + 2) % 10])
    }
    expect([easel.screen.joined(1), easel.screen.joined(2)]).toEqual([true, true])
  })

  it('puts the cursor on a row of its own when the text fills a row exactly', async () => {
    const easel = new Easel(10)
    for (const text of ['abcdefg', 'abcdefgh', 'abcdefghi', 'abcdefgh', 'abcdefg']) {
      await easel.paint(picture(text))
      expect(easel.screen.cursor).toEqual([Math.floor((text.length + 2) / 10), (text.length + 2) % 10])
      expect(easel.screen.lines.join('')).toBe(`$ ${text}`)
    }
  })

  it('takes a wide character to the next row rather than part it', async () => {
    const easel = new Easel(9)
    await easel.paint(picture('日本語日本語'))
    expect(easel.screen.lines).toEqual(['$ 日本語', '日本語'])
    await easel.paint(picture('a日本語日本語'))
    expect(easel.screen.lines).toEqual(['$ a日本語', '日本語'])
    await easel.paint(picture('日本語日本語'))
    expect(easel.screen.lines).toEqual(['$ 日本語', '日本語'])
    expect(easel.screen.joined(1)).toBe(true)
  })

  it('keeps a background that begins a row to the cells that have it', async () => {
    const easel = new Easel(10, 3)
    const spans = [{ start: 7, end: 12, style: '44' }]
    await easel.send('\n\n')
    await easel.paint(picture('abcdefghijklmno', 0, { spans }))
    expect(easel.screen.lines.slice(-2)).toEqual(['$ abcdefgh', 'ijklmno'])
    const cells = easel.screen.cells(easel.screen.lines.length - 1)
    const backgrounds = cells.map(cell => cell.split(' ')[2])
    expect(backgrounds).toEqual(['4', '4', '4', '4', '-1', '-1', '-1', '-1', '-1', '-1'])
  })

  it('shows prompts in colour and of several lines, hints, and rows below', async () => {
    const easel = new Easel(20)
    const prompt = 'one\n\x1b[1;32mtwo>\x1b[0m '
    const more = { prompt, hint: ' there', below: ['list of things that is too long', 'and more'] }
    await easel.paint(picture('hi', 2, more))
    expect(easel.screen.lines).toEqual(['one', 'two> hi there', 'list of things that', 'and more'])
    expect(easel.screen.cursor).toEqual([1, 7])
    await easel.paint(picture('hi', 2, { prompt }))
    expect(easel.screen.lines).toEqual(['one', 'two> hi'])
  })
})

describe('bytes', () => {
  async function written(from: Picture, to: Picture, columns = 80): Promise<string> {
    const easel = new Easel(columns)
    await easel.paint(from)
    return easel.paint(to)
  }

  it('typing at the end writes just the character', async () => {
    expect(await written(picture('hell'), picture('hello'))).toBe('o')
    expect(await written(picture(''), picture('日'))).toBe('日')
  })

  it('appending is the same, without a frame', async () => {
    const easel = new Easel(10)
    await easel.paint(picture('a'))
    expect(easel.painter.append('bc')).toBe('bc')
    expect(easel.painter.append('defg')).toBe('defg')
    expect(easel.painter.append('h')).toBeUndefined()
    expect(await easel.paint(picture('abcdefgh'))).toBe('h \r')
  })

  it.each([
    ['a tab', '\t'],
    ['a letter beyond ASCII', 'é'],
    ['more than the row has room for', 'abcdefghijk'],
  ])('%s is not appended', async (_, run) => {
    const easel = new Easel(10)
    await easel.paint(picture('a'))
    expect(easel.painter.append(run)).toBeUndefined()
  })

  it('nothing is appended before the end, nor to nothing', async () => {
    const easel = new Easel(10)
    expect(easel.painter.append('a')).toBeUndefined()
    await easel.paint(picture('abc', 1))
    expect(easel.painter.append('a')).toBeUndefined()
    await easel.paint(picture('abc', 3, { hint: 'x' }))
    expect(easel.painter.append('a')).toBeUndefined()
    await easel.paint(picture('abc', 3, { below: ['x'] }))
    expect(easel.painter.append('a')).toBeUndefined()
  })

  it.each([
    ['Backspace at the end', picture('hello'), picture('hell'), 4],
    ['a step back', picture('hello', 5), picture('hello', 4), 1],
    ['a step on', picture('hello', 4), picture('hello', 5), 3],
    ['to the beginning', picture('hello world', 11), picture('hello world', 0), 5],
    ['nothing', picture('hello', 3), picture('hello', 3), 0],
  ])('%s takes few', async (_, from, to, most) => {
    expect((await written(from, to)).length).toBeLessThanOrEqual(most)
  })
})

describe('around the input', () => {
  it('erase leaves nothing, and the cursor where the input began', async () => {
    const easel = new Easel(10)
    await easel.send('before\n')
    await easel.paint(picture('abcdefghijklmnopqrstuvw', 3))
    await easel.send(easel.painter.erase())
    expect(easel.screen.lines).toEqual(['before'])
    expect(easel.screen.cursor).toEqual([1, 0])
  })

  it('finish goes below the input, and no further when its last row is blank', async () => {
    for (const [text, cursor, row] of [
      ['abc', 0, 1],
      ['abcdefgh', 8, 1],
      ['abcdefgh', 3, 1],
      ['abcdefghi', 0, 2],
    ] as const) {
      const easel = new Easel(10)
      await easel.paint(picture(text, cursor))
      await easel.send(easel.painter.finish())
      expect(easel.screen.cursor).toEqual([row, 0])
    }
  })

  it('what has never been painted is neither erased nor finished', () => {
    expect([new CursorPainter().erase(), new CursorPainter().finish(), new CursorPainter().resized(10, 10)]).toEqual([
      '',
      '',
      '',
    ])
  })

  it('S9: a message above leaves the text and the cursor’s place in it', async () => {
    const easel = new Easel(10, 5)
    await easel.paint(picture('abcdefghijklmnopqrstuvw', 12))
    await easel.send(`${easel.painter.erase()}message\n`)
    await easel.paint(picture('abcdefghijklmnopqrstuvw', 12))
    expect(easel.screen.lines).toEqual(['message', '$ abcdefgh', 'ijklmnopqr', 'stuvw'])
    expect(easel.screen.cursor).toEqual([2, 4])
  })

  it('shows the rows around the cursor when the screen is too small for all', async () => {
    const easel = new Easel(10, 3)
    await easel.send('above\n')
    const text = Array.from({ length: 60 }, (_, index) => String.fromCharCode(65 + index)).join('')
    for (let cursor = text.length; cursor >= 0; cursor--) {
      await easel.paint(picture(text, cursor))
      const [row, column] = easel.screen.cursor
      expect(easel.screen.lines[row]!.charAt(column)).toBe(`$ ${text}`.charAt(cursor + 2))
    }
    expect(easel.screen.lines.slice(-3)).toEqual(['$ ABCDEFGH', 'IJKLMNOPQR', 'STUVWXYZ[\\'])
  })
})

function boundaryNear(text: string, index: number): number {
  return index === text.length ? index : previousBoundary(text, index + 1)
}

/**
 * Compares what an easel shows with a screen on which the rows above and the input are drawn from
 * scratch.
 */
async function compared(
  easel: Easel,
  above: readonly string[],
  wanted: Picture,
): Promise<{ seen: unknown; model: unknown }> {
  const model = new Easel(easel.columns, easel.rows)
  const lines = above.map(line => `${line}\n`).join('')
  await model.send(lines + model.painter.paint(frame(wanted, model.columns, model.rows)))
  const views = [easel, model].map(({ screen }) => {
    const [row, column] = screen.cursor
    // A wide character may leave a column empty at the edge; the terminal decides whether that
    // column has its style.
    const cells = screen.cells(row).filter(cell => !cell.startsWith(' '))
    const view = { lines: screen.lines, row, column, cells }
    screen.dispose()
    return view
  })
  return { seen: views[0], model: views[1] }
}

const letters = fc.constantFrom(
  'a',
  'b',
  'cd',
  ' ',
  'é',
  'e\u0301',
  '日',
  '本語',
  '😀',
  '👩‍👩‍👧',
  '🇩🇪',
  '\t',
  '\x01',
  '\n',
  '\u0301',
  '한',
)
const texts = fc.array(letters, { maxLength: 30 }).map(parts => parts.join(''))
const pictures = fc
  .record({
    text: texts,
    place: fc.nat(),
    prompt: fc.constantFrom('$ ', '', '\x1b[31mred> \x1b[m', 'one\ntwo> ', '\x1b[44m日本>\x1b[0m ', 'exactly te'),
    hint: fc.constantFrom('', '', 'hint'),
    below: fc.constantFrom<string[][]>([], [], ['one'], ['日本日本日本日本', 'two']),
    spans: fc.constantFrom([], [{ start: 1, end: 3, style: '1;33' }]),
  })
  .map(({ place, ...rest }): Picture =>
    Object.assign(rest, { cursor: boundaryNear(rest.text, place % (rest.text.length + 1)) }),
  )

describe('from any frame to any other', () => {
  it('shows what drawing from nothing shows, with output in between', async () => {
    const sizes = fc.tuple(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 1, max: 30 }))
    const step = fc.record({ picture: pictures, message: fc.constantFrom('', '', 'message', '日本') })
    await fc.assert(
      fc.asyncProperty(sizes, fc.array(step, { minLength: 2, maxLength: 8 }), async ([columns, rows], steps) => {
        const easel = new Easel(columns, rows)
        let bytes = 'above\n'
        for (const { picture, message } of steps) {
          if (message !== '') bytes += `${easel.painter.erase()}${message}\n`
          bytes += easel.painter.paint(frame(picture, columns, rows))
        }
        await easel.send(bytes)
        const messages = steps.map(({ message }) => message).filter(message => message !== '')
        const { seen, model } = await compared(easel, ['above', ...messages], steps.at(-1)!.picture)
        expect(seen).toEqual(model)
      }),
      { numRuns: 200 },
    )
  })
})

/**
 * xterm counts the cursor's rows as if it were at the end of its line. There all terminals that
 * re-wrap agree.
 */
describe('a resized terminal that wraps anew', () => {
  it.each([
    [80, 40],
    [40, 80],
    [13, 80],
    [20, 19],
    [19, 20],
    [20, 10],
    [10, 20],
  ])('from %i to %i columns: the input is drawn once, and nothing above is lost', async (from, to) => {
    const text = 'the quick brown fox jumps over the lazy dog'
    for (let length = 0; length <= text.length; length++) {
      const easel = new Easel(from)
      const wanted = picture(text.slice(0, length))
      await easel.send('above\n')
      await easel.paint(wanted)
      await easel.resize(to, 24)
      await easel.paint(wanted)
      const { seen, model } = await compared(easel, ['above'], wanted)
      expect(seen).toEqual(model)
    }
  })

  it('is followed through any sizes', async () => {
    const text = fc.array(fc.constantFrom('a', 'bc', ' ', 'é', 'e\u0301', '日本', '😀', '👩‍👩‍👧', '\x01'), {
      maxLength: 30,
    })
    const sizes = fc.array(fc.integer({ min: 2, max: 60 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 60 }), text, sizes, async (columns, parts, sizes) => {
        const easel = new Easel(columns, 60)
        const wanted = picture(parts.join(''))
        await easel.send('a\n')
        await easel.paint(wanted)
        for (const size of sizes) {
          await easel.resize(size, 60)
          await easel.paint(wanted)
        }
        const { seen, model } = await compared(easel, ['a'], wanted)
        expect(seen).toEqual(model)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a resized terminal that cuts its rows', () => {
  async function linesAfter(from: number, to: number, text: string): Promise<string[]> {
    const easel = new Easel(from, 24, false)
    await easel.send('one\ntwo\n')
    await easel.paint(picture(text))
    await easel.resize(to, 24)
    await easel.paint(picture(text))
    return easel.screen.lines
  }

  it('shows the input right as long as it takes one row', async () => {
    expect(await linesAfter(40, 20, 'abc')).toEqual(['one', 'two', '$ abc'])
    expect(await linesAfter(20, 40, 'abc')).toEqual(['one', 'two', '$ abc'])
  })

  it('keeps rows of the old drawing when it is made wider', async () => {
    expect(await linesAfter(10, 20, 'abcdefghijkl')).toEqual(['one', 'two', '$ abcdefgh', '$ abcdefghijkl'])
  })

  it('loses a row above for each row that the input has more when it is made narrower', async () => {
    expect(await linesAfter(20, 10, 'abcdefghijkl')).toEqual(['one', '$ abcdefgh', 'ijkl'])
  })
})

describe('a terminal that takes another width for some clusters than we do', () => {
  /**
   * Draws with Unicode 6 widths, as old terminals have them: emoji of one column where we count
   * two.
   */
  async function drawn(...pictures: Picture[]): Promise<{ lines: string[]; before: string }> {
    const painter = new CursorPainter()
    const screen = new Xterm(40, 24, true, '6')
    for (const each of pictures)
      await screen.show(painter.paint(layout(each, { columns: 40, rows: 24, width: widthOf })))
    return { lines: screen.lines, before: screen.beforeCursor }
  }
  const at = (text: string): Picture => ({ prompt: '$ ', text: text.replace('|', ''), cursor: text.indexOf('|') })

  it.each([
    ['👩‍👩‍👧abc|', '👩‍👩‍👧ab|'],
    ['👩‍👩‍👧abc|', '👩‍👩‍👧a|c'],
    ['a👩‍👩‍👧b👍🏽|', 'a👩‍👩‍👧b|'],
    ['a👩‍👩‍👧b|', 'a|b'],
    ['❤️🇩🇪x|y', '❤️🇩🇪|y'],
    ['❤️🇩🇪xy|', '|❤️🇩🇪xy'],
  ])('shows %j made %j, with the cursor behind the same character', async (one, other) => {
    const { lines, before } = await drawn(at(one), at(other))
    expect(lines).toEqual([`$ ${other.replace('|', '')}`])
    expect(before).toBe(`$ ${other.slice(0, other.indexOf('|'))}`)
  })
})

describe('a frame that is drawn where nothing stands', () => {
  /** Returns how often the cells of a frame are read when a second screen draws it. */
  function readAgain(more: Partial<Frame>): number {
    let reads = 0
    const cell = {
      get text(): string {
        reads++
        return 'x'
      },
      width: 1,
      style: '',
    }
    const rows = [{ cells: [cell], width: 1, wraps: false }]
    const frame: Frame = { columns: 10, rows, cursorRow: 0, cursorColumn: 1, ...more }
    expect(new CursorPainter().paint(frame)).toContain('x')
    reads = 0
    expect(new CursorPainter().paint(frame)).toContain('x')
    return reads
  }

  it('is kept where sessions share it, and only there', () => {
    expect(readAgain({ shared: true })).toBe(0)
    expect(readAgain({})).toBeGreaterThan(0)
  })

  it('is shared where it is a prompt alone', () => {
    expect(frame(picture(''), 80).shared).toBe(true)
    expect(frame(picture('x'), 80).shared).not.toBe(true)
  })
})
