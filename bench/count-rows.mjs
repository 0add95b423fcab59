/**
 * Rows that count, and hardly depend on what else the machine does: how many functions the engine
 * optimises, and how many bytes are allocated. Each round is a fresh process, whose engine compiles
 * at once what it would else compile beside the program, and never collects garbage meanwhile.
 */
import { connected, pause, typing } from './crowd.mjs'
import { storm } from './storm.mjs'

const COMPILED = /^\[completed (?:compiling|optimizing) /gm
const KEYS = ['echo hello'.split(''), '\r\n'].flat()
const [TYPED, CLIENTS] = [2000, 1000]
const KIB = 2 ** 10

const counting = {
  servers: ['ours', 'bare'],
  cold: true,
  rounds: 3,
  warmUp: 0,
  nodeFlags: [
    '--trace-opt',
    '--no-concurrent-recompilation',
    '--min-semi-space-size=128',
    '--max-semi-space-size=256',
    '--no-memory-reducer',
  ],
}

export const COUNT_ROWS = {
  'count-keys': {
    ...counting,
    async measure(server) {
      const clients = await connected(server, 1)
      const before = await server.ask('heap')
      await typing(clients, KEYS, 0, TYPED)
      const functions = await optimised(server)
      await typing(clients, KEYS, TYPED, 2 * TYPED)
      return { functions, bytes: ((await server.ask('heap')) - before) / (2 * TYPED) / KIB }
    },
  },
  'count-storm': {
    ...counting,
    async measure(server) {
      const before = await server.ask('heap')
      await storm(server, CLIENTS, { keep: true })
      const bytes = ((await server.ask('heap')) - before) / CLIENTS / KIB
      return { functions: await optimised(server), bytes }
    },
  },
}

/** Functions since the start of the process: those that load the modules are among them. */
async function optimised(server) {
  // What it has written comes by another way than its answers.
  await pause(100)
  return server.output.match(COMPILED)?.length ?? 0
}
