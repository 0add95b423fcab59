import { readFileSync } from 'node:fs'
import ssh2 from 'ssh2'
import { describe, expect, it } from 'vitest'
import { createShell, serve } from 'answerback'
import { ssh } from 'answerback/ssh'
import { telnet } from 'answerback/telnet'
import { connect } from 'answerback/testing'
import { DIFFERENCES as TEXTS } from '../../src/editor/readline.suite.ts'
import { ESCAPE_MS } from '../../src/terminal/key-decoder.ts'
import { bytesOf, CASES, columnsOf, MANY, ROWS, WORDS } from './cases.ts'
import type { ScreenCase } from './cases.ts'
import { differenceOf, DIFFERENCES } from './differences.ts'
import { ScreenJudge } from './judge.ts'
import { SshUser } from './ssh-user.ts'
import { TelnetUser } from './telnet-user.ts'

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

describe('the same over telnet', () => {
  // LF alone is Enter there; and nobody waits here until `ESC _` has had its time.
  const alike = same.filter(({ columns, keys }) => columns === 40 && !keys.some(key => key === 'C-j' || key === 'M-_'))
  it.each(alike)('$name', async each => {
    expect(stepsOf(each, await screensOverTelnet(each))).toEqual(stepsOf(each, RECORDED[each.name] ?? []))
  })
})

describe('the same over SSH', () => {
  it.each(same.filter(({ columns }) => columns === 40))('$name', async each => {
    const wanted = RECORDED[each.name] ?? []
    expect(stepsOf(each, await screensOverSsh(each, wanted))).toEqual(stepsOf(each, wanted))
  })
})

describe('where we differ from Readline', () => {
  it.each(different)('$name', async each => {
    expect(await screensOf(each)).not.toEqual(RECORDED[each.name])
  })

  it('is listed, with its reasons, in docs/EDITOR.md', () => {
    const [, section] = readFileSync('docs/EDITOR.md', 'utf8').split('## Where it is not Readline\n')
    const listed = section?.match(/(?<=^- ).+$/gm)
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

/** The shell of the cases. */
function shellOf({ history }: ScreenCase) {
  return createShell()
    .command('echo <text...>', { complete: { text: WORDS } }, ({ text }) => text.join(' '))
    .command('many [text...]', { complete: { text: MANY } }, () => {})
    .onStart(session => void session.history.push(...history))
    .onUnknown(() => {})
}

async function screensOf(each: ScreenCase): Promise<string[]> {
  const judge = new ScreenJudge(each.columns, ROWS)
  const user = connect(shellOf(each), { terminal: { columns: each.columns, rows: ROWS } })
  const wire = (text: string): string => text.replaceAll('\n', '\r\n')
  judge.write(wire(user.connection.output))
  user.connection.onWrite = text => judge.write(wire(text))
  const screens = [await judge.shot()]
  for (const key of each.keys) {
    const columns = columnsOf(key)
    if (columns === undefined) {
      user.type(bytesOf(key))
    } else {
      await judge.resize(columns, ROWS)
      user.connection.change({ columns })
    }
    // `ESC _` may be the beginning of a sequence, until nothing has followed.
    await user.clock.advance(ESCAPE_MS)
    screens.push(await judge.shot())
  }
  return screens
}

async function screensOverTelnet(each: ScreenCase): Promise<string[]> {
  const server = await serve(shellOf(each), { listen: [telnet(0)] })
  let { columns } = each
  const judge = new ScreenJudge(columns, ROWS)
  const user = await TelnetUser.connect(server.addresses[0]?.port ?? 0, judge, () => [columns, ROWS])
  const screens = [await judge.shot()]
  for (const key of each.keys) {
    columns = columnsOf(key) ?? columns
    await judge.resize(columns, ROWS)
    await (columnsOf(key) === undefined ? user.send(bytesOf(key)) : user.resize())
    screens.push(await judge.shot())
  }
  user.close()
  await server.close()
  return screens
}

const HOST_KEY = ssh2.utils.generateKeyPairSync('ed25519').private

async function screensOverSsh(each: ScreenCase, wanted: readonly string[]): Promise<string[]> {
  const server = await serve(shellOf(each), { listen: [ssh({ port: 0, hostKey: { key: HOST_KEY } })] })
  let { columns } = each
  const judge = new ScreenJudge(columns, ROWS)
  const user = await SshUser.connect(server.addresses[0]?.port ?? 0, judge, columns, ROWS)
  const screens = [await user.shot(wanted[0])]
  for (const [index, key] of each.keys.entries()) {
    const resized = columnsOf(key)
    if (resized === undefined) {
      user.send(bytesOf(key))
    } else {
      columns = resized
      await judge.resize(columns, ROWS)
      user.resize(columns, ROWS)
    }
    screens.push(await user.shot(wanted[index + 1]))
  }
  user.close()
  await server.close()
  return screens
}
