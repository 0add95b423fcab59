import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import pty from '@lydell/node-pty'
import { afterEach, describe, expect, it } from 'vitest'
import { ScreenJudge } from '../../testing/screen.ts'

const DIST = dirname(fileURLToPath(new URL('../../../dist/index.js', import.meta.url)))

/** A local session in a program that does something else when it is sent USR2. */
const program = (onSignal: string, options: string): string => `
  import { createShell, serve } from '${DIST}/index.js'
  import { local } from '${DIST}/transport/local/local.js'
  const shell = createShell({ prompt: 'p> ', ${options} })
    .command('flood', 'Write without end.', async (_, session) => { for (;;) await session.writeLine('y') })
    .command('work', 'Begin a row.', async (_, session) => { session.write('working '); await new Promise(() => {}) })
    .command('fail', 'Fail.', () => { throw new Error('no disk') })
  process.on('SIGUSR2', () => { ${onSignal} })
  await serve(shell, { listen: [local()] })
`

/** A program on a terminal, as its user sees it. */
class Window {
  readonly #terminal: pty.IPty
  readonly #judge: ScreenJudge
  readonly exited: Promise<number>
  output = ''
  #changed = (): void => {}

  private constructor(terminal: pty.IPty, judge: ScreenJudge) {
    this.#terminal = terminal
    this.#judge = judge
    terminal.onData(text => {
      this.output += text
      judge.write(text)
      this.#changed()
    })
    this.exited = new Promise(resolve => terminal.onExit(({ exitCode }) => resolve(exitCode)))
  }

  static async open(onSignal = '', options = ''): Promise<Window> {
    const judge = await ScreenJudge.create(80, 24)
    const words = ['--input-type=module', '-e', program(onSignal, options)]
    const window = new Window(pty.spawn(process.execPath, words, { name: 'xterm', cols: 80, rows: 24 }), judge)
    await window.until(['p>'])
    return window
  }

  type(text: string): void {
    this.#terminal.write(text)
  }

  signal(): void {
    process.kill(this.#terminal.pid, 'SIGUSR2')
  }

  /** Waits until these are the last rows, and returns the column of the cursor. */
  async until(last: readonly string[]): Promise<number> {
    for (;;) {
      const changed = new Promise<void>(resolve => (this.#changed = resolve))
      const { rows, cursor } = await this.#judge.shot()
      if (last.every((row, i) => rows.at(i - last.length)?.trimEnd() === row)) return cursor.column
      await changed
    }
  }

  close(): void {
    this.#terminal.kill('SIGKILL')
  }
}

let window: Window | undefined
afterEach(() => window?.close())

describe('local: what the process writes while a line is typed', () => {
  it.each([
    ['console.error', `console.error('noticed')`, ['noticed']],
    ['process.stdout', `process.stdout.write('not'); process.stdout.write('iced\\n')`, ['noticed']],
    ['bytes', `process.stderr.write(Buffer.from('grün\\n'))`, ['grün']],
    ['an unfinished row', `process.stdout.write('noticed')`, ['noticed']],
    ['much', `process.stdout.write('x'.repeat(1000000) + '\\nnoticed\\n')`, ['noticed']],
  ])('%s goes above it', async (_, onSignal, rows) => {
    window = await Window.open(onSignal)
    window.type('half')
    await window.until(['p> half'])
    window.signal()
    expect(await window.until([...rows, 'p> half'])).toBe('p> half'.length)
    window.type('way')
    await window.until([...rows, 'p> halfway'])
  })

  it('the default log begins a row of its own', async () => {
    window = await Window.open(`console.error('noticed')`)
    window.type('work\r')
    await window.until(['working'])
    window.signal()
    await window.until(['working', 'noticed'])
  })

  it('an exception that nobody catches shows below it, and the terminal marks pastes no more', async () => {
    window = await Window.open(`throw new Error('nobody')`)
    window.type('half')
    await window.until(['p> half'])
    window.signal()
    expect(await window.exited).toBe(1)
    const after = window.output.slice(window.output.lastIndexOf('half'))
    expect(after).toMatch(/^half\r?\n?\x1b\[\?2004l/)
    expect(after).toContain('Error: nobody')
    expect(after.indexOf('\n')).toBeLessThan(after.indexOf('Error: nobody'))
  })

  it('the last words of a process that ends itself show below it', async () => {
    window = await Window.open(`process.on('exit', () => console.log('last words')); process.exit(3)`)
    window.type('half')
    await window.until(['p> half'])
    window.signal()
    expect(await window.exited).toBe(3)
    await window.until(['p> half', 'last words'])
  })
})

describe('local: a command that writes without end', () => {
  it('is ended by Ctrl-C', async () => {
    window = await Window.open()
    window.type('flood\r')
    await window.until(['y', 'y'])
    window.type('\x03')
    await window.until(['p>'])
  })
})

describe('local: Ctrl-Z', () => {
  it('does what the shell has bound it to', async () => {
    window = await Window.open('', `keys: { 'C-z': 'unix-line-discard' }`)
    window.type('half\x1away')
    await window.until(['p> way'])
  })
})
