import { Unicode11Addon } from '@xterm/addon-unicode11'
import xterm from '@xterm/headless'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Editor } from '../../editor/editor.ts'
import { settled } from '../../testing/manual-clock.ts'
import { widthOf } from '../../terminal/width.ts'
import { atDesk } from './desk.suite.ts'

/** The number of steps: 2,000, unless the environment sets another. */
const STEPS = Number(process.env['ANSWERBACK_STEPS'] ?? 2000)
const STEPS_PER_RUN = 40

/** Actions in their order within one turn, after which the screen is compared. */
type Step = readonly Action[]
type Action =
  | { readonly type: 'text' | 'paste' | 'message'; readonly text: string }
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }

const CHARACTERS = ['a', 'b ', 'word ', ' ', '~', 'é', 'e\u0301', '日', '本語', '😀', '👩‍👧', '🇩🇪', 'x'.repeat(10)]
const KEYS = [
  'C-a C-e Left Left Right M-b M-f Home End C-] C-x Backspace Backspace Delete M-d C-w C-k C-u C-y',
  'M-y C-t M-t M-u M-c Up Up Down PageUp M-< M-> C-r C-r C-s C-g M-p M-. C-o C-_ M-r C-v Insert M-3',
  'M-- Escape Enter Enter C-c C-@',
].flatMap(keys => keys.split(' '))

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: text('text', fc.array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 4 })) },
  { weight: 10, arbitrary: fc.constantFrom(...KEYS).map((key): Action => ({ type: 'key', key })) },
  {
    weight: 2,
    arbitrary: text(
      'message',
      fc.array(fc.constantFrom('News!', '日本', 'y'.repeat(50), '\n'), { minLength: 1, maxLength: 3 }),
    ),
  },
  {
    weight: 1,
    arbitrary: text(
      'paste',
      fc.array(fc.constantFrom('one', '\n', '日本', '\x01', ' '), { minLength: 1, maxLength: 5 }),
    ),
  },
)
const resize: fc.Arbitrary<Action> = fc
  .tuple(fc.integer({ min: 20, max: 90 }), fc.integer({ min: 20, max: 40 }))
  .map(([columns, rows]): Action => ({ type: 'resize', columns, rows }))
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.array(action, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: resize.map(each => [each]) },
)

function text(type: 'text' | 'paste' | 'message', parts: fc.Arbitrary<string[]>): fc.Arbitrary<Action> {
  return parts.map(each => ({ type, text: each.join('') }))
}

describe('whatever happens while a line is read', () => {
  it('the screen shows what drawing it from nothing shows', { timeout: 60_000 + STEPS * 20 }, async () => {
    const runs = fc.array(step, { minLength: 1, maxLength: 2 * STEPS_PER_RUN, size: 'max' })
    await fc.assert(
      fc.asyncProperty(runs, async steps => {
        const bench = new Bench()
        for (const each of steps) await bench.do(each)
      }),
      { numRuns: Math.ceil(STEPS / STEPS_PER_RUN), endOnFailure: true },
    )
  })
})

const PROMPT = '> '
const CONTINUATION = '. '
/**
 * The length beyond which a line is killed, so that it stays smaller than the screen, which would
 * otherwise show a part of it.
 */
const LONGEST = 60

/** A part of the screen above the line: a message, or a line that is over. */
type Block = { readonly message: string } | { readonly line: string }

/** A console with a screen, and with it a list of all that the screen should show. */
class Bench {
  readonly #history: string[] = ['make all', 'echo "日本"', 'x'.repeat(45)]
  readonly #editor: Editor = new Editor({ history: this.#history })
  readonly #user: ReturnType<typeof atDesk>
  readonly #judge: Judge = new Judge(80, 24)
  /** The blocks since the screen was cleared. */
  #above: Block[] = []

  constructor() {
    const over = (mark: string): void => {
      this.#above.push({ line: this.#editor.text + mark })
      this.#history.push(this.#editor.text)
      this.#user.session.read()
    }
    const request = { editor: this.#editor, prompt: PROMPT, continuation: CONTINUATION }
    this.#user = atDesk({ busy: true, request: { ...request, line: () => over(''), interrupted: () => over('^C') } })
    this.#user.connection.onWrite = bytes => this.#judge.write(bytes)
    this.#user.session.read()
  }

  async do(step: Step): Promise<void> {
    for (const each of step) await this.#act(each)
    if (this.#editor.text.length > LONGEST) this.#user.press('C-g', 'C-g', 'C-e', 'C-u')
    await settled()
    const resized = step[0]?.type === 'resize'
    const seen = await this.#judge.shot()
    const wanted = await this.#drawn(resized ? [] : this.#above)
    // What a resized terminal makes of the rows above is not known.
    const from = resized ? seen.row - wanted.row : 0
    expect({ lines: seen.lines.slice(from), row: seen.row - from, column: seen.column }, JSON.stringify(step)).toEqual(
      wanted,
    )
    if (resized || this.#above.length > 20) await this.#clear()
  }

  async #act(action: Action): Promise<void> {
    switch (action.type) {
      case 'text':
        return void this.#user.type(action.text)
      case 'paste':
        return void this.#user.type(`\x1b[200~${action.text}\x1b[201~`)
      case 'key':
        return void this.#user.press(action.key)
      case 'message':
        this.#above.push({ message: action.text })
        return void this.#user.session.console.writeLines(action.text)
      case 'resize':
        return this.#resize(action)
    }
  }

  /**
   * Resizes the terminal, with the cursor at the end: only there do terminals that wrap their rows
   * again agree on its place.
   */
  async #resize({ columns, rows }: { columns: number; rows: number }): Promise<void> {
    this.#user.press('C-g', 'C-g', 'C-e')
    await settled()
    await this.#judge.resize(columns, rows)
    this.#user.connection.change({ columns, rows })
  }

  async #clear(): Promise<void> {
    this.#user.press('C-g', 'C-g', 'C-l')
    this.#above = []
    await settled()
    await this.#judge.forget()
  }

  /** Returns what the screen shows if all is drawn from nothing. */
  async #drawn(above: readonly Block[]): Promise<Omit<Shot, 'pending'>> {
    const model = this.#judge.blank()
    for (const block of above) {
      if ('message' in block) model.write(`${block.message}\n`)
      else await draw(model, PROMPT, block.line)
      if ('line' in block) model.write('\n')
    }
    const { text, cursor } = this.#editor
    const prompt = this.#editor.prompt === ':' ? `${PROMPT}:` : (this.#editor.prompt ?? PROMPT)
    await draw(model, prompt, text.slice(0, cursor))
    const { row, column, pending } = await model.shot()
    const next = text.codePointAt(cursor)
    const wraps =
      pending || (column === model.columns - 1 && next !== undefined && widthOf(String.fromCodePoint(next)) === 2)
    await draw(model, '', text.slice(cursor))
    const { lines } = await model.shot()
    return wraps ? { lines, row: row + 1, column: 0 } : { lines, row, column }
  }
}

/** Draws a line as the console should show it: if it fills a row, the next row begins. */
async function draw(judge: Judge, prompt: string, text: string): Promise<void> {
  judge.write(visibly(prompt))
  for (const [index, part] of text.split('\n').entries()) {
    if (index > 0 && (await judge.shot()).pending) judge.write(' \r')
    if (index > 0) judge.write(`\n${CONTINUATION}`)
    judge.write(visibly(part))
  }
}

/** Returns control characters as Readline shows them, except line ends. */
function visibly(text: string): string {
  return text.replaceAll(/[\0-\x09\x0b-\x1f\x7f]/g, code => `^${String.fromCharCode(code.charCodeAt(0) ^ 0x40)}`)
}

interface Shot {
  /**
   * The rows from the first that is not forgotten to the last that is not blank, without blanks at
   * their ends.
   */
  readonly lines: string[]
  readonly row: number
  readonly column: number
  /** Whether the row is full, and the wrap held back. */
  readonly pending: boolean
}

/** A screen that keeps what has left it. */
class Judge {
  #terminal: xterm.Terminal
  #forgotten = 0

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      reflowCursorLine: true,
      scrollback: 5000,
    })
    this.#terminal.loadAddon(new Unicode11Addon())
    this.#terminal.unicode.activeVersion = '11'
  }

  get columns(): number {
    return this.#terminal.cols
  }

  blank(): Judge {
    return new Judge(this.#terminal.cols, this.#terminal.rows)
  }

  write(text: string): void {
    this.#terminal.write(text.replaceAll('\n', '\r\n'))
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.shot()
    this.#terminal.resize(columns, rows)
    // Rows that had left the screen are wrapped again too, and may come back.
    this.#forgotten = 0
  }

  /** Forgets what has left the screen. */
  async forget(): Promise<void> {
    await this.shot()
    this.#forgotten = this.#terminal.buffer.active.baseY
  }

  async shot(): Promise<Shot> {
    await new Promise<void>(resolve => this.#terminal.write('', resolve))
    const { active } = this.#terminal.buffer
    const lines = Array.from({ length: active.length - this.#forgotten }, (_, row) =>
      active
        .getLine(this.#forgotten + row)!
        .translateToString(true)
        .trimEnd(),
    )
    while (lines.at(-1) === '') lines.pop()
    const pending = active.cursorX === this.#terminal.cols
    return { lines, row: active.baseY + active.cursorY - this.#forgotten, column: active.cursorX, pending }
  }
}
