/**
 * The process of a server under test: `node --expose-gc server.mjs MODULE OPTIONS`. Tells its port,
 * answers questions about itself over IPC, and ends with the process that has asked for it.
 */
const { start } = await import(`./${process.argv[2]}.mjs`)
const server = await start(JSON.parse(process.argv[3] ?? '{}'))

const ANSWERS = {
  /** Bytes that live, after collection: the heap, and what hangs on it outside. */
  memory: async () => {
    // Handles of closed sockets are let go of a turn after their objects.
    for (let turn = 0; turn < 3; turn++) {
      gc()
      await new Promise(resolve => setImmediate(resolve))
    }
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  },
  /** Bytes on the heap, dead ones included. */
  heap: () => process.memoryUsage().heapUsed,
  sessions: () => server.sessions(),
  /** How many sessions have told of their end, since the start. */
  ended: () => server.ended(),
  /** Writes a message to everybody. */
  say: text => server.say(text),
  /** Writes a message to the session that began last. */
  tell: text => server.tell(text),
  /** Functions that have been called since the last time; the first time it begins to count. */
  calls: async () => (await import('./coverage.mjs')).takeCalls(),
  trace: async functions => (await import('./coverage.mjs')).trace(functions),
  traced: async () => (await import('./coverage.mjs')).takeTrace(),
}

process.on('message', ({ ask, value, id }) => {
  void Promise.resolve(ANSWERS[ask](value)).then(answer => process.send({ id, answer }))
})
process.on('disconnect', () => process.exit())
process.send({ port: server.port })
