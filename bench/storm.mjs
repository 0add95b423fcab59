/** A thousand who come at once, and that eight times over in one process. */
import { Client } from './client.mjs'
import { dismiss, until } from './crowd.mjs'
import { PROMPT } from './dialogue.mjs'
import { median } from './statistics.mjs'

const CLIENTS = 1000
const STORMS = 8

/**
 * CPU for each connection of the first storm, the median of the fourth to eighth, and how many have
 * not got in.
 */
export async function storms(server, { mute = false } = {}) {
  const rounds = []
  while (rounds.length < STORMS) rounds.push(await storm(server, CLIENTS, { mute }))
  const later = part => median(rounds.slice(3).map(({ cpu }) => cpu[part]))
  return {
    first: rounds[0].cpu,
    later: { all: later('all'), main: later('main') },
    lost: rounds.reduce((sum, { lost }) => sum + lost, 0),
  }
}

/** `keep`: they stay, so that what closing costs is not counted. */
export async function storm(server, count, { mute = false, keep = false } = {}) {
  const clients = []
  let prompts = 0
  let failures = 0
  const cpu = await server.cpuOf(async () => {
    while (clients.length < count) clients.push(new Client(server.port, { mute }))
    for (const client of clients)
      void client.until(PROMPT).then(
        () => prompts++,
        () => failures++,
      )
    await until(() => prompts + failures >= count).catch(() => {})
    if (server.negotiates && !mute)
      await until(() => clients.every(({ settled, error }) => settled || error)).catch(() => {})
  }, count)
  if (!keep) await dismiss(server, clients)
  return { cpu, lost: count - prompts }
}
