/**
 * In what order functions call each other: a debugger, in a worker of the served process, that
 * stops the main thread wherever it can within some functions, and reads its stack. `workerData`
 * has the `functions`, by `file`, `start` and `end`; says `ready` when all breakpoints are set.
 * Answers any message with the calls so far: of each the index of its `fn`, and its `depth` below
 * others of the library.
 */
import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { parentPort, workerData } from 'node:worker_threads'

const { library, functions } = workerData
const session = new Session()
/** By its id; and the id by its file. */
const scripts = new Map()
const ids = new Map()
/** The breakpoints at which a function returns. */
const returns = new Set()
const calls = []
/** What was under way at the last stop. */
let stack = []

// Keeps the worker alive as well, which waiting for the session's answers does not.
parentPort.on('message', () => {
  session.disconnect()
  parentPort.postMessage(calls)
})
session.connectToMainThread()
session.on('Debugger.scriptParsed', ({ params }) => add(params))
session.on('Debugger.paused', ({ params }) => {
  note(params)
  void session.post('Debugger.resume')
})
await session.post('Debugger.enable')
for (const fn of functions) await watch(fn)
parentPort.postMessage('ready')

function add({ url, scriptId }) {
  if (!url.startsWith(library)) return
  const code = readFileSync(new URL(url), 'utf8')
  const lines = Array.from(code.matchAll(/^/gm), ({ index }) => index)
  const file = url.slice(library.length)
  scripts.set(scriptId, { file, lines })
  ids.set(file, scriptId)
}

async function watch({ file, start, end }) {
  const scriptId = ids.get(file)
  const { locations } = await session.post('Debugger.getPossibleBreakpoints', {
    start: positionOf(scriptId, start),
    end: positionOf(scriptId, end),
    restrictToFunction: true,
  })
  for (const { type, ...location } of locations) {
    const { breakpointId } = await session.post('Debugger.setBreakpoint', { location })
    if (type === 'return') returns.add(breakpointId)
  }
}

/** Whatever stands above what the last stop has in common with this one has been called since. */
function note({ hitBreakpoints, callFrames }) {
  const now = callFrames
    .map(frame => functionAt(frame.functionLocation))
    .filter(fn => fn >= 0)
    .toReversed()
  let depth = 0
  while (depth < now.length && now[depth] === stack[depth]) depth++
  for (; depth < now.length; depth++) calls.push({ fn: now[depth], depth })
  stack = hitBreakpoints.some(id => returns.has(id)) ? now.slice(0, -1) : now
}

/** The innermost one; -1 where it is none of those that are watched. */
function functionAt({ scriptId, lineNumber, columnNumber }) {
  const script = scripts.get(scriptId)
  if (script === undefined) return -1
  const offset = script.lines[lineNumber] + columnNumber
  let found = -1
  for (const [index, { file, start, end }] of functions.entries()) {
    const within = file === script.file && start <= offset && offset < end
    if (within && (found < 0 || start > functions[found].start)) found = index
  }
  return found
}

function positionOf(scriptId, offset) {
  const { lines } = scripts.get(scriptId)
  const lineNumber = lines.findLastIndex(start => start <= offset)
  return { scriptId, lineNumber, columnNumber: offset - lines[lineNumber] }
}
