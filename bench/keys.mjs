/**
 * What a key costs in the console alone, without a transport: bytes in and out, and microseconds of
 * CPU, for the common cases. `node bench/keys.mjs` after `npm run build`.
 */
import { createShell } from '../dist/index.js'
import { connect } from '../dist/testing/index.js'

const LINE = 'echo '.padEnd(70, 'abcdefghij')
const LONG = 'echo '.padEnd(1000, 'abcdefghij ')
const numbers = line =>
  Array.from(line.matchAll(/\d+|echo/g), m => ({ start: m.index, end: m.index + m[0].length, style: '31' }))

/**
 * What is set up first, then the keys, typed in turn as often as is counted; each leaves the line
 * as it found it, or is cleared now and then.
 */
const CASES = [
  { name: 'typing at the end', keys: ['x'], clearEvery: 40 },
  { name: 'typing at the end of 1,000 characters', start: LONG, keys: ['x', '\x7f'] },
  { name: 'typing in the middle of 70 characters', start: `${LINE}\x1bb`, keys: ['x', '\x7f'] },
  { name: 'typing in the middle of 1,000 characters', start: `${LONG}\x01${'\x1bf'.repeat(40)}`, keys: ['x', '\x7f'] },
  { name: 'Backspace at the end', start: LINE, keys: ['x', '\x7f'] },
  { name: 'Left and Right', start: LINE, keys: ['\x1b[D', '\x1b[C'] },
  { name: 'beginning and end of 1,000 characters', start: LONG, keys: ['\x01', '\x05'] },
  { name: 'Up and Down', history: ['echo one', LINE], keys: ['\x1b[A', '\x1b[B'] },
  { name: 'typing at the end, coloured', options: { highlight: numbers }, start: 'echo 1 ', keys: ['x', '\x7f'] },
  { name: 'typing at the end of 1,000, coloured', options: { highlight: numbers }, start: LONG, keys: ['x', '\x7f'] },
  {
    name: 'typing at the end, suggestions',
    options: { suggest: true },
    history: [LINE],
    start: 'echo ',
    keys: ['a', '\x7f'],
  },
  { name: 'a line and its end', keys: ['echo a\r'] },
]
const KEYS = 20_000

for (const each of CASES) print(each.name, measure(each))
print('a paste of 10 kB', paste(10_000))
print('a paste of 60 kB', paste(60_000))

function measure({ start = '', keys, history = [], options = {}, clearEvery = Infinity }) {
  const user = at(options, history)
  user.type(start)
  run(user, keys, clearEvery, KEYS / 4)
  user.connection.output = ''
  const before = process.cpuUsage()
  run(user, keys, clearEvery, KEYS)
  const { user: cpu, system } = process.cpuUsage(before)
  return { bytes: user.connection.output.length / KEYS, micros: (cpu + system) / KEYS }
}

function run(user, keys, clearEvery, count) {
  const { connection } = user
  for (let index = 0; index < count; index++) {
    connection.text(keys[index % keys.length])
    if (index % clearEvery === clearEvery - 1) connection.text('\x15')
  }
}

/** In packets, as a network brings it. */
function paste(length) {
  const text = `\x1b[200~${'echo some words '.repeat(length / 16)}\x1b[201~`
  const rounds = 20
  let micros = 0
  let bytes = 0
  for (let round = 0; round < rounds; round++) {
    const user = at({}, [])
    const written = user.connection.output.length
    const before = process.cpuUsage()
    for (let from = 0; from < text.length; from += 1448) user.connection.text(text.slice(from, from + 1448))
    const { user: cpu, system } = process.cpuUsage(before)
    micros += (cpu + system) / rounds
    bytes += (user.connection.output.length - written) / rounds
  }
  return { bytes, micros }
}

function at(options, history) {
  const shell = createShell({ prompt: '> ', ...options })
    .command('echo <text...>', 'Echo.', () => {})
    .onStart(session => void session.history.push(...history))
  const user = connect(shell)
  user.connection.onWrite = () => {}
  return user
}

function print(name, { bytes, micros }) {
  console.log(`${name.padEnd(44)} ${bytes.toFixed(1).padStart(9)} bytes out ${micros.toFixed(2).padStart(9)} µs`)
}
