/**
 * Measures a row: its servers take turns, so that whatever else the machine does falls on all of
 * them.
 */
import { startServer } from './child.mjs'

const LONGEST_MS = 300_000
const PROFILING = ['--cpu-prof', '--cpu-prof-dir=.cache/profiles', '--cpu-prof-interval=200']

/**
 * `rounds` and `warmUp` instead of the row's own, where they are given. Answers for each server
 * what it came to, round by round.
 */
export async function measureRow(name, row, { rounds = row.rounds, warmUp = row.warmUp, profile = false } = {}) {
  const start = server =>
    startServer(server, {
      options: row.options,
      nodeFlags: [...(row.nodeFlags ?? []), ...(profile ? PROFILING : [])],
    })
  const turns = row.cold ? freshly(row, start) : await inOne(row, start)
  const results = Object.fromEntries(row.servers.map(server => [server, []]))
  try {
    for (let round = 0; round < warmUp + rounds; round++)
      for (const server of inTurn(row.servers, round)) {
        const result = await inTime(turns.measure(server), `${name} of ${server}`)
        if (round >= warmUp) results[server].push(result)
      }
  } finally {
    await turns.stop()
  }
  return results
}

/** A process for each turn. */
function freshly(row, start) {
  return {
    async measure(name) {
      const server = await start(name)
      try {
        return await row.measure(server)
      } finally {
        await server.stop()
      }
    },
    stop() {},
  }
}

/** A process for each server, for all of its turns. */
async function inOne(row, start) {
  const servers = new Map()
  for (const name of row.servers) servers.set(name, await start(name))
  return {
    measure: name => row.measure(servers.get(name)),
    stop: () => Promise.all(Array.from(servers.values(), server => server.stop())),
  }
}

/** Nobody is always the first. */
function inTurn(servers, round) {
  return round % 2 === 0 ? servers : servers.toReversed()
}

/** A row that waits for what never comes ends the run, and says which it was. */
function inTime(promise, what) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} takes more than ${LONGEST_MS / 1000} seconds`)), LONGEST_MS)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
