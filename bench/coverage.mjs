/**
 * Which functions of the library this process calls, and how often: V8's precise coverage, which
 * counts getters and closures too. What it counts does not depend on the machine. It makes code
 * slower, as nothing is inlined, so it is off until it is first asked for.
 */
import { once } from 'node:events'
import { Session } from 'node:inspector/promises'
import { Worker } from 'node:worker_threads'

const LIBRARY = new URL('../dist/', import.meta.url).href

let session

/**
 * Returns the calls since the last time, and none the first time: of each function its `file`
 * within `dist`, its `name`, `start` and `end` (offsets in the file), and its `count`.
 */
export async function takeCalls() {
  await settled()
  if (session === undefined) {
    session = new Session()
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  }
  const { result } = await session.post('Profiler.takePreciseCoverage')
  return result.filter(({ url }) => url.startsWith(LIBRARY)).flatMap(callsIn)
}

/** Whatever a walk has left for later turns of the event loop belongs to it. */
async function settled() {
  for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve))
}

function callsIn({ url, functions }) {
  const file = url.slice(LIBRARY.length)
  return functions.flatMap(({ functionName, ranges: [{ startOffset, endOffset, count }] }) =>
    count === 0 ? [] : [{ file, name: functionName, start: startOffset, end: endOffset, count }],
  )
}

let tracer

/** Notes from now on in what order these functions (of `takeCalls`) are called. */
export async function trace(functions) {
  tracer = new Worker(new URL('tracer.mjs', import.meta.url), {
    workerData: { library: LIBRARY, functions },
  })
  await once(tracer, 'message')
}

/** Returns the calls since `trace` in their order, and ends it. */
export async function takeTrace() {
  await settled()
  tracer.postMessage('calls')
  const [calls] = await once(tracer, 'message')
  await tracer.terminate()
  return calls
}
