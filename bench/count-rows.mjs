/**
 * Rows that count, and hardly depend on what else the machine does: how many functions the engine optimises, and how many bytes are allocated. Each
 * round is a fresh process, whose engine compiles at once what it would else compile beside the program, and never collects garbage meanwhile.
 */
import { connected, pause, typing } from './crowd.mjs'
import { storm } from './storm.mjs'

const COMPILED = /^\[completed (?:compiling|optimizing) /gm
const KEYS = ['echo hello'.split(''), '\r\n'].flat()
const [TYPED, CLIENTS] = [2000, 1000]

const counting = {
  servers: ['ours', 'bare'],
  cold: true,
  rounds: 3,
  warmUp: 0,
  nodeFlags: ['--trace-opt', '--no-concurrent-recompilation', '--min-semi-space-size=128', '--max-semi-space-size=256'],
}

export const COUNT_ROWS = {
  'count-keys': {
    ...counting,
    async measure(server) {
      const clients = await connected(server, 1)
      return counted(server, TYPED, () => typing(clients, KEYS, 0, TYPED))
    },
  },
  'count-storm': {
    ...counting,
    measure: server => counted(server, CLIENTS, () => storm(server, CLIENTS, { keep: true })),
  },
}

/** Functions since the start of the process, so that what loads the modules is among them; bytes for each of `count`. */
async function counted(server, count, work) {
  const before = await server.ask('heap')
  await work()
  const bytes = ((await server.ask('heap')) - before) / count
  // What it has written comes by another way than its answers.
  await pause(100)
  return { functions: server.output.match(COMPILED)?.length ?? 0, bytes }
}
