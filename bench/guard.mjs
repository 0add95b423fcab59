/**
 * `npm run bench:guard`, for CI: the processor that commands and keys cost, against the bare server in the same run, in three rounds. Fails only
 * when in all three a figure exceeds what must be by half: then it is the program that has become slow, and not the machine. The last line is
 * `N passed, N failed`, each figure counting as one.
 */
import { pinClient } from './child.mjs'
import { measureRow } from './measure.mjs'
import { number } from './report.mjs'
import { ROWS } from './rows.mjs'

const WATCHED = { commands: ['few', 'many'], keys: ['cpuMany'] }
const TOLERANCE = 1.5

let figures = 0
let failed = 0

pinClient()
for (const [name, keys] of Object.entries(WATCHED)) {
  const row = ROWS[name]
  const watched = { ...row, figures: Object.fromEntries(keys.map(key => [key, row.figures[key]])) }
  for (const figure of await measureRow(name, watched, { rounds: 3, kind: 'ours' })) report(figure)
}
console.log(`\n${figures - failed} passed, ${failed} failed`)
if (failed > 0) process.exitCode = 1

function report({ name, must, ratio }) {
  const bound = must * TOLERANCE
  const slow = ratio.least > bound
  figures += 1
  if (slow) failed += 1
  console.log(
    `${slow ? 'FAILED' : 'passed'}  ${name}: ${number(ratio.least)} × at the least; at most ${number(bound)} ×`,
  )
}
