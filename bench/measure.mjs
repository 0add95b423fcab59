import { startServer } from './child.mjs'
import { summary } from './statistics.mjs'

/** Rounds that are thrown away: so long the engine compiles what it has found to be hot, and that is charged to the process as well. */
const WARM_UP = 4

/**
 * Measures a row: both servers run, each in its process, and take turns, so that whatever else the machine does falls on both. Answers its figures, each with what both came to and how it is to be judged.
 */
export async function measureRow(name, row, { rounds, profile, kind }) {
  const nodeFlags = profile ? ['--cpu-prof', '--cpu-prof-dir=.cache/profiles', '--cpu-prof-interval=200'] : []
  const kinds = row.servers === undefined ? [kind, 'bare'] : [row.servers[kind] ?? kind, row.servers.bare]
  const servers = await Promise.all(kinds.map(each => startServer(each, { options: row.options, nodeFlags })))
  const [ours, bare] = [[], []]
  try {
    for (let round = 0; round < WARM_UP + rounds; round++) {
      const [mine, theirs] = [await row.measure(servers[0]), await row.measure(servers[1])]
      if (round < WARM_UP) continue
      ours.push(mine)
      bare.push(theirs)
    }
  } finally {
    await Promise.all(servers.map(server => server.stop()))
  }
  return Object.entries(row.figures).map(([key, figure]) =>
    judged(
      name,
      figure,
      ours.map(round => round[key]),
      bare.map(round => round[key]),
    ),
  )
}

function judged(row, figure, ours, bare) {
  const ratio = summary(ours.map((value, round) => value / bare[round]))
  const result = { row, ...figure, ours: summary(ours), bare: summary(bare), ratio }
  const value = figure.judge === 'value' ? result.ours.median : ratio.median
  return { ...result, value, verdict: verdictOn(value, figure) }
}

/** `superb`, `must` or `missed`; nothing where the budget says nothing. */
export function verdictOn(value, { must, superb, atLeast = false }) {
  if (must === undefined) return ''
  const reaches = bound => (atLeast ? value >= bound : value <= bound)
  return reaches(superb) ? 'superb' : reaches(must) ? 'must' : 'missed'
}
