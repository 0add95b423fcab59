import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layout } from './layout.ts'
import type { Frame } from './frame.ts'
import type { Picture } from './layout.ts'
import { PlainPainter } from './plain-painter.ts'
import { Xterm } from './xterm.suite.ts'
import { widthOf } from './width.ts'

function frame(text: string, cursor: number = text.length, columns = 20, more: Partial<Picture> = {}): Frame {
  return layout({ prompt: '$ ', text, cursor, ...more }, { columns, rows: 24, width: widthOf })
}
async function shown(bytes: string, columns = 20): Promise<{ lines: string[]; cursor: number[] }> {
  const screen = await new Xterm(columns, 10).show(bytes)
  return { lines: screen.lines, cursor: screen.cursor }
}

describe('PlainPainter', () => {
  it('draws one row', async () => {
    expect(await shown(new PlainPainter().paint(frame('hello', 2)))).toEqual({ lines: ['$ hello'], cursor: [0, 4] })
  })

  it('types at the end by the characters alone', () => {
    const painter = new PlainPainter()
    painter.paint(frame('he'))
    expect(painter.append('l')).toBe('l')
    expect(painter.paint(frame('hello'))).toBe('lo')
    expect(painter.append('é')).toBeUndefined()
    painter.paint(frame('hello', 1))
    expect(painter.append('x')).toBeUndefined()
  })

  it.each([
    ['Backspace at the end', frame('hello'), frame('hell'), '\b \b'],
    ['a step back', frame('hello', 5), frame('hello', 4), '\b'],
    ['a step on', frame('hello', 1), frame('hello', 2), 'e'],
    ['insertion', frame('hllo', 1), frame('hello', 2), 'ello\b\b\b'],
    ['to the beginning of much', frame('hello world'), frame('hello world', 0), '\r$ '],
  ])('%s', (_, from, to, bytes) => {
    const painter = new PlainPainter()
    painter.paint(from)
    expect(painter.paint(to)).toBe(bytes)
  })

  it('shows the part of a long line around the cursor', async () => {
    const text = 'abcdefghijklmnopqrstuvwxyz'
    const painter = new PlainPainter()
    let bytes = ''
    for (const cursor of [0, 17, 18, 26, 20, 3, 0, 26]) {
      bytes += painter.paint(frame(text, cursor))
      const { lines, cursor: at } = await shown(bytes)
      expect(lines).toHaveLength(1)
      expect(`$ ${text}`).toContain(lines[0])
      expect(lines[0]!.charAt(at[1]!)).toBe(text.charAt(cursor))
    }
  })

  it('writes the first lines of a prompt once, and no colours', async () => {
    const painter = new PlainPainter()
    const more = { prompt: 'one\n\x1b[31mtwo>\x1b[m ', below: ['list'] }
    const bytes = painter.paint(frame('a', 1, 20, more)) + painter.paint(frame('ab', 2, 20, more))
    expect(await shown(bytes)).toEqual({ lines: ['one', 'two> ab'], cursor: [1, 7] })
    expect(bytes).not.toContain('\x1b')
  })

  it('erases its row, and finishes below it', async () => {
    const painter = new PlainPainter()
    const painted = painter.paint(frame('hello', 2))
    expect(await shown(painted + painter.erase())).toEqual({ lines: [], cursor: [0, 0] })
    expect(await shown(painter.paint(frame('hello', 2)) + painter.finish())).toEqual({
      lines: ['$ hello'],
      cursor: [1, 0],
    })
    expect(painter.erase() + painter.finish() + painter.resized(5)).toBe('')
  })

  it('leaves a row behind that no longer fits', () => {
    const painter = new PlainPainter()
    painter.paint(frame('hello'))
    expect(painter.resized(10)).toBe('')
    expect(painter.resized(7)).toBe('\n')
  })

  it('shows from any line to any other what it shows from nothing, without escape sequences', async () => {
    const texts = fc.array(fc.constantFrom('a', 'bc', '日', 'e\u0301', '😀', '\x01', '\t'), { maxLength: 20 })
    const lines = fc.array(fc.record({ parts: texts, part: fc.nat(20) }), { minLength: 2, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(lines, async lines => {
        const columns = 200
        const painter = new PlainPainter()
        let bytes = ''
        for (const { parts, part } of lines) {
          bytes += painter.paint(frame(parts.join(''), parts.slice(0, part).join('').length, columns))
        }
        expect(bytes).toMatch(/^[^\x1b\n]*$/)
        const { parts } = lines.at(-1)!
        const text = parts.join('')
        const last = bytes + painter.paint(frame(text, 0, columns))
        expect(await shown(last, columns)).toEqual(
          await shown(new PlainPainter().paint(frame(text, 0, columns)), columns),
        )
      }),
      { numRuns: 100 },
    )
  })
})
