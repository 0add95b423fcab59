/**
 * Records what Readline shows for `cases.ts`, in Bash, in a pseudo-terminal. `tools/record-readline.mjs` runs it.
 * It takes a few minutes, and is done again only when the cases change.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pty from '@lydell/node-pty'
import { bytesOf, CASES, columnsOf, MANY, ROWS, WORDS } from './cases.ts'
import type { ScreenCase } from './cases.ts'
import { ScreenJudge } from './judge.ts'

/** Bash is taken to have drawn a key when it has written nothing for so long, in milliseconds. */
const QUIET = 70
const AT_ONCE = 4

const PROFILE = `
PS1='> ' PS2='... '
unset PROMPT_COMMAND HISTCONTROL; shopt -s cmdhist lithist; set +o histexpand; stty -ixon
many() { :; }; abc() { :; }
complete -W '${WORDS.join(' ')}' echo; complete -W '${MANY.join(' ')}' many
`

const scratch = mkdtempSync(join(tmpdir(), 'readline-'))
writeFileSync(join(scratch, 'profile'), PROFILE)
const recorded: Record<string, string[]> = {}
const queue = [...CASES]
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) recorded[next.name] = await record(next)
  }),
)
rmSync(scratch, { recursive: true })
const sorted = Object.fromEntries(CASES.map(({ name }) => [name, recorded[name]]))
writeFileSync(new URL('screens.json', import.meta.url), `${JSON.stringify(sorted, undefined, 1)}\n`)

async function record({ name, columns, history, keys }: ScreenCase): Promise<string[]> {
  const historyFile = join(scratch, name.replaceAll(/\W/g, '_'))
  writeFileSync(historyFile, history.map(line => `${line}\n`).join(''))
  const env = {
    PATH: process.env['PATH'] ?? '',
    TERM: 'xterm-256color',
    LC_ALL: 'C.utf8',
    INPUTRC: '/dev/null',
    HISTFILE: historyFile,
  }
  const bash = pty.spawn('bash', ['--rcfile', join(scratch, 'profile'), '-i'], { cols: columns, rows: ROWS, env })
  const judge = new ScreenJudge(columns, ROWS)
  let last = performance.now()
  bash.onData(data => {
    last = performance.now()
    judge.write(data)
  })
  const quiet = async (): Promise<void> => {
    last = performance.now()
    while (performance.now() - last < QUIET) await setTimeout(5)
  }
  do await quiet()
  while (!(await judge.shot()).startsWith('> '))
  const screens: string[] = [await judge.shot()]
  for (const key of keys) {
    const width = columnsOf(key)
    if (width === undefined) {
      bash.write(bytesOf(key))
    } else {
      await judge.resize(width, ROWS)
      bash.resize(width, ROWS)
    }
    await quiet()
    screens.push(await judge.shot())
  }
  bash.kill('SIGKILL')
  return screens
}
