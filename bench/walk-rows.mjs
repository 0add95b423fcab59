/**
 * Rows that count the walks of the code: how many functions of the library are called, in how many
 * of its files, for one key, one command, one message. Nothing is bundled, and the server is warm:
 * whatever is made at first use has been made.
 */
import { closedLoop, connected } from './crowd.mjs'
import { MESSAGE, PROMPT } from './dialogue.mjs'
import { median } from './statistics.mjs'

const [WARM_UP, TIMES] = [20, 100]
/** Keys to a line, so that no line reaches the edge of the screen. */
const KEYS = 40

/** `prepare` is not counted, `walk` is. */
export const WALKS = {
  key: {
    title: 'one printable key at the end of a line',
    async prepare(client, time) {
      if (time % KEYS > 0) return
      if (time > 0) await enter(client)
      await type(client, 'echo ')
    },
    walk: client => type(client, 'x'),
    finish: enter,
  },
  command: {
    title: 'Enter behind `echo hi`, up to the next prompt',
    prepare: client => type(client, 'echo hi'),
    walk: enter,
  },
  message: {
    title: '`writeMessage` to a session at its prompt',
    walk: (client, server) => heard(client, PROMPT, () => server.ask('tell', MESSAGE)),
  },
}

export const WALK_ROWS = {
  walks: {
    servers: ['ours'],
    cold: true,
    rounds: 1,
    warmUp: 0,
    async measure(server) {
      const figures = {}
      for (const name of Object.keys(WALKS)) {
        const { calls, files } = middleOf(await walked(server, name))
        Object.assign(figures, { [`${name}Calls`]: calls, [`${name}Files`]: files })
      }
      return figures
    },
  },
}

/**
 * Goes a walk again and again, and returns for each time its `functions` (of `takeCalls`), and the
 * number of its `calls` and `files`.
 */
export async function walked(server, name) {
  const walks = []
  await repeated(server, name, WARM_UP + TIMES, async walk => {
    await server.ask('calls')
    await walk()
    const functions = await server.ask('calls')
    if (functions.length === 0) throw new Error(`the walk of a ${name} has called nothing of dist`)
    walks.push(counted(functions))
  })
  return walks.slice(WARM_UP)
}

/**
 * Goes a walk once more, and returns its calls in their order: which of `functions`, and its
 * `depth`.
 */
export async function traced(server, name, functions) {
  let calls
  await repeated(server, name, WARM_UP, async (walk, time) => {
    if (time < WARM_UP - 1) return walk()
    await server.ask('trace', functions)
    await walk()
    calls = await server.ask('traced')
  })
  return calls
}

/** Hands a walk to `each`, as often as it says, and makes ready for it before. */
async function repeated(server, name, times, each) {
  const { prepare = () => {}, walk, finish = () => {} } = WALKS[name]
  const [client] = await connected(server, 1)
  for (let time = 0; time < times; time++) {
    await prepare(client, time)
    await each(() => walk(client, server), time)
  }
  await finish(client)
  client.gone = () => {}
  client.reset()
}

function counted(functions) {
  return {
    functions,
    calls: functions.reduce((sum, { count }) => sum + count, 0),
    files: new Set(functions.map(({ file }) => file)).size,
  }
}

/**
 * The one that stands for all: now and then a walk does more, such as looking at the clock at each
 * 16th key.
 */
export function middleOf(walks) {
  const calls = median(walks.map(walk => walk.calls))
  return walks.find(walk => walk.calls >= calls)
}

/** Types within a line, and waits for the echo. */
function type(client, text) {
  return client.exchange(text, text.length)
}

function enter(client) {
  return closedLoop([client], () => '\r\n', 1)
}

async function heard(client, end, deed) {
  const came = client.until(end)
  await deed()
  await came
}
