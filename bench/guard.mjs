/**
 * `npm run bench:guard`, for CI: has a key, a connection or a command become dearer? The last line
 * is `N passed, N failed`, each figure counting as one.
 *
 * Counts come first: functions that are called, functions that the engine optimises, and bytes that
 * are allocated. They hardly depend on the machine, so their bounds are close above what they are,
 * and on one Node only, since each compiles in its own way. Counts say nothing of work that neither
 * calls nor allocates, such as a loop that has become longer: so the processor time of commands and
 * keys stands beside them, against the bare server in the same run. It fails only when in all three
 * rounds it exceeds what must be by half: then it is the program that has become slow, and not the
 * machine.
 */
import { BUDGET, FIGURES, GUARDED_NODE } from './budget.mjs'
import { pinClient } from './child.mjs'
import { judged } from './judge.mjs'
import { measureRow } from './measure.mjs'
import { number } from './report.mjs'
import { majorOf } from './results.mjs'
import { ROWS } from './rows.mjs'
import { summary } from './statistics.mjs'

const WATCHED = { crowd: ['few', 'many'], typing: ['cpuMany'] }
const TOLERANCE = 1.5
/** What a new bound leaves above what was measured, and above what is the same each time. */
const [MARGIN, EXACT_MARGIN] = [1.05, 1.02]
/** A bound is to be lowered when this much of it, or less, would do. */
const WORTH_IT = 0.97

const outcomes = { passed: 0, FAILED: 0 }

pinClient()
await guardCounts()
await guardTimes()
console.log(`\n${outcomes.passed} passed, ${outcomes.FAILED} failed`)
if (outcomes.FAILED > 0) process.exitCode = 1

async function guardCounts() {
  const guarded = majorOf({ node: process.version }) === GUARDED_NODE
  if (!guarded)
    console.log(`The bounds of the counts are for Node ${GUARDED_NODE}; of ${process.version} they are only told.`)
  for (const [name, figures] of Object.entries(BUDGET.counts)) {
    const { ours } = await measureRow(name, { ...ROWS[name], servers: ['ours'] })
    for (const [key, figure] of Object.entries(figures)) {
      const counted = summary(ours.map(round => round[key]))
      report(guarded && counted.median <= figure.guard, countOf(figure, counted, guarded), guarded)
    }
  }
}

function countOf({ name, unit, guard, exact }, { median, least, greatest }, guarded) {
  const count = `${name}: ${number(median)} (${number(least)} … ${number(greatest)})`
  if (!guarded) return count
  const wanted = median * (exact ? EXACT_MARGIN : MARGIN)
  const lower = unit === '' ? Math.ceil(wanted) : Number(wanted.toFixed(2))
  const advice = lower < guard * WORTH_IT ? `; its guard in bench/budget.mjs can be lowered to ${lower}` : ''
  return `${count}; at most ${guard}${advice}`
}

async function guardTimes() {
  for (const [name, keys] of Object.entries(WATCHED)) {
    const rounds = await measureRow(name, ROWS[name])
    for (const key of keys) {
      const { name: figure, must, outcome } = judged(key, FIGURES[name][key], rounds)
      const bound = must * TOLERANCE
      report(outcome.least <= bound, `${figure}: ${number(outcome.least)} × at the least; at most ${number(bound)} ×`)
    }
  }
}

function report(ok, text, counts = true) {
  const verdict = ok ? 'passed' : 'FAILED'
  if (counts) outcomes[verdict] += 1
  console.log(`${counts ? verdict : 'told  '}  ${text}`)
}
