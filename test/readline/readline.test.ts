import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createShell } from 'answerback'
import { connect } from 'answerback/testing'
import { DIFFERENCES as TEXTS } from '../../src/editor/readline.suite.ts'
import { ESCAPE_MS } from '../../src/terminal/key-decoder.ts'
import { CASES, MANY, ROWS, WORDS } from './cases.ts'
import type { ScreenCase } from './cases.ts'
import { differenceOf, DIFFERENCES } from './differences.ts'
import { ScreenJudge } from './judge.ts'

/** By case: what GNU Readline 8.2 shows at first, and after each key, in Bash 5.2. */
const RECORDED = JSON.parse(readFileSync(new URL('screens.json', import.meta.url), 'utf8')) as Record<string, string[]>

const [same, different] = [true, false].map(wanted =>
  CASES.filter(({ name }) => (differenceOf(name) === undefined) === wanted),
) as [ScreenCase[], ScreenCase[]]

describe('the screens of Readline', () => {
  it.each(same)('$name', async each => {
    expect(stepsOf(each, await screensOf(each))).toEqual(stepsOf(each, RECORDED[each.name] ?? []))
  })
})

describe('where we differ from Readline', () => {
  it.each(different)('$name', async each => {
    expect(await screensOf(each)).not.toEqual(RECORDED[each.name])
  })

  it('is listed, with its reasons, in docs/EDITOR.md', () => {
    const listed = readFileSync('docs/EDITOR.md', 'utf8').match(/(?<=^- ).+$/gm)
    const reasons = [...Object.values(DIFFERENCES), ...TEXTS.map(({ why }) => why)]
    expect(listed?.toSorted()).toEqual([...new Set(reasons)].toSorted())
  })

  it('is known by the cases that there are', () => {
    expect(Object.keys(DIFFERENCES).filter(name => !CASES.some(each => each.name.startsWith(name)))).toEqual([])
  })
})

/** Screens under the keys that led to them. */
function stepsOf({ keys }: ScreenCase, screens: readonly string[]): string[] {
  return screens.map((screen, index) => `${index === 0 ? '' : keys[index - 1]}\n${screen}`)
}

async function screensOf({ columns, history, keys }: ScreenCase): Promise<string[]> {
  const shell = createShell()
    .command('echo <text...>', { complete: { text: WORDS } }, ({ text }) => text.join(' '))
    .command('many [text...]', { complete: { text: MANY } }, () => {})
    .onStart(session => void session.history.push(...history))
    .onUnknown(() => {})
  const judge = new ScreenJudge(columns, ROWS)
  const user = connect(shell, { terminal: { columns, rows: ROWS } })
  judge.write(wire(user.connection.output))
  user.connection.onWrite = text => judge.write(wire(text))
  const screens = [await judge.shot()]
  for (const key of keys) {
    const resize = /^resize:(\d+)$/.exec(key)
    if (resize) {
      await judge.resize(Number(resize[1]), ROWS)
      user.connection.change({ columns: Number(resize[1]) })
    } else if (key.startsWith("'")) {
      user.type(key.slice(1, -1))
    } else if (key.startsWith('paste:')) {
      user.type(`\x1b[200~${key.slice(7, -1)}\x1b[201~`)
    } else {
      user.press(key)
    }
    // `ESC _` may be the beginning of a sequence, until nothing has followed.
    await user.clock.advance(ESCAPE_MS)
    screens.push(await judge.shot())
  }
  return screens
}

function wire(text: string): string {
  return text.replaceAll('\n', '\r\n')
}
