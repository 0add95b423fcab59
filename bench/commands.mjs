/**
 * `node bench/commands.mjs`: what commands cost, and how it grows. Dispatch, help, a typo and
 * completion with 10 and with 2,000 commands, in CPU time, through a connection in memory; and what
 * the compiler takes for a shell of 500 commands over an empty one, in elapsed time.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createShell } from 'answerback'
import { connect } from 'answerback/testing'
import { median } from './statistics.mjs'

const SIZES = [10, 2000]
const ROUNDS = 9

/** Each: what is typed, and how often in a round. */
const DEEDS = {
  'dispatch, a plain command': { keys: 'echo hello world\r', times: 5000 },
  'dispatch, typed arguments and a flag': { keys: 'command5 12 --count 3 a b c\r', times: 5000 },
  'dispatch under a middleware': { keys: 'echo hello world\r', times: 5000, middleware: true },
  'help of one command': { keys: 'help command5\r', times: 200 },
  'help, the list': { keys: 'help\r', times: 5 },
  'an unknown name': { keys: 'comand5\r', times: 20 },
  'Tab on a name': { keys: 'command5\t\x15', times: 200 },
  'Tab on an argument': { keys: 'command5 12 --co\t\x15', times: 200 },
}

console.log('µs of CPU each, median of', ROUNDS, 'rounds'.padEnd(16), ...SIZES.map(size => `${size}`.padStart(8)))
for (const [name, deed] of Object.entries(DEEDS)) {
  const costs = SIZES.map(size => median(Array.from({ length: ROUNDS + 1 }, () => cost(size, deed)).slice(1)))
  console.log(name.padEnd(44), ...costs.map(each => each.toFixed(1).padStart(8)))
}
console.log('the compiler, seconds'.padEnd(44), ...[0, 500].map(size => compileTime(size).toFixed(2).padStart(8)))

function cost(size, { keys, times, middleware }) {
  const user = connect(shellOf(size, middleware))
  // What is written is not kept: it is not what is measured.
  user.connection.write = () => true
  user.type(keys)
  const begun = process.cpuUsage()
  for (let i = 0; i < times; i++) user.type(keys)
  const { user: spent, system } = process.cpuUsage(begun)
  return (spent + system) / times
}

function shellOf(size, middleware) {
  const shell = createShell().command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))
  for (let i = 0; i < size; i++) shell.command(usageOf(i), 'Do something.', ({ rest }) => rest[0])
  return middleware ? shell.use((_, next) => next()) : shell
}

function usageOf(i) {
  return `command${i} <n${i}:integer> [-c, --count <c:integer>] [rest...]`
}

/**
 * The median of three, of the newest TypeScript, which reads our declarations and not our sources.
 */
function compileTime(size) {
  const folder = 'dist/.types'
  mkdirSync(folder, { recursive: true })
  const commands = Array.from(
    { length: size },
    (_, i) => `  .command('${usageOf(i)}', 'Do.', args => args.n${i} + args.rest.length)`,
  )
  // Sets of a hundred, as one should: compilers do not like chains of five hundred.
  const sets = Array.from(
    { length: size / 100 },
    (_, i) => `const set${i} = commandSet()\n${commands.slice(i * 100, i * 100 + 100).join('\n')}`,
  )
  const uses = sets.map((_, i) => `.use(set${i})`).join('')
  const program = [
    "import { commandSet, createShell } from 'answerback'",
    ...sets,
    `export const shell = createShell()${uses}`,
    'commandSet()',
  ]
  writeFileSync(join(folder, `cost-${size}.mts`), program.join('\n'))
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  const flags = '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node'.split(
    ' ',
  )
  const times = Array.from({ length: 3 }, () => {
    const begun = performance.now()
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...flags, join(folder, `cost-${size}.mts`)], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stdout)
    return (performance.now() - begun) / 1000
  })
  return median(times)
}
