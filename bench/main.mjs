/**
 * `npm run bench` measures every row and keeps the run in `bench/results`; `npm run bench -- keys
 * bulk` measures those that are named, and keeps nothing unless `--keep` is there. `--rounds 9`
 * instead of each row's own; `--quick` one round and no warm-up, to see that all runs; `--profile`
 * a `.cpuprofile` of each server in `.cache/profiles`.
 */
import { parseArgs } from 'node:util'
import { FIGURES } from './budget.mjs'
import { pinClient } from './child.mjs'
import { judged } from './judge.mjs'
import { machine, warningOf } from './machine.mjs'
import { measureRow } from './measure.mjs'
import { boundsOf, CELLS, outcomeOf } from './report.mjs'
import { commit, keep, majorOf } from './results.mjs'
import { ROWS } from './rows.mjs'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})
const names = positionals.length > 0 ? positionals : Object.keys(ROWS)
const unknown = names.filter(name => !(name in ROWS))
if (unknown.length > 0) throw new Error(`no row ${unknown.join(', ')}; there are ${Object.keys(ROWS).join(', ')}`)

const manner = {
  ...(options.quick ? { rounds: 1, warmUp: 0 } : {}),
  ...(options.rounds === undefined ? {} : { rounds: Number(options.rounds) }),
  profile: options.profile,
}
const run = { begun: new Date().toISOString(), commit: commit(), node: process.version, rows: {} }
const began = performance.now()
run.machine = { ...machine(), pinned: pinClient() }
console.log(`${run.begun}, Node ${run.node}, ${run.machine.processor} × ${run.machine.cores}`)
const warning = warningOf(run.machine)
if (warning) console.log(warning)

print('row', 'figure', [...CELLS.bounds, ...CELLS.outcome])
for (const name of names) {
  const rounds = (run.rows[name] = await measureRow(name, ROWS[name], manner))
  for (const [key, figure] of Object.entries(FIGURES[name]))
    print(name, figure.name, [...boundsOf(figure), ...outcomeOf(judged(key, figure, rounds, majorOf(run)))])
}
run.seconds = Math.round((performance.now() - began) / 1000)
console.log(`${run.seconds} seconds`)
const whole = positionals.length === 0 && !options.quick && !options.profile
if (options.keep || whole)
  console.log(`kept as bench/results/${keep(run)}; "npm run bench:tables" puts it into the document`)

function print(row, figure, [unit, before, must, superb, ours, bare, outcome, verdict]) {
  const columns = [
    row.padEnd(12),
    figure.padEnd(56),
    unit.padEnd(5),
    before.padEnd(11),
    must.padEnd(8),
    superb.padEnd(8),
    ours.padStart(13),
    bare.padStart(13),
    outcome.padStart(26),
    verdict,
  ]
  console.log(columns.join(' ').trimEnd())
}
