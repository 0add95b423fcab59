/**
 * `npm run bench:guard`, for CI: the processor that commands and keys cost, against the bare server in the same run, in three rounds. Fails only
 * when in all three a figure exceeds what must be by half: then it is the program that has become slow, and not the machine.
 */
import { pinClient } from './child.mjs'
import { measureRow } from './measure.mjs'
import { number } from './report.mjs'
import { ROWS } from './rows.mjs'

const WATCHED = { commands: ['few', 'many'], keys: ['cpuMany'] }
const TOLERANCE = 1.5

pinClient()
for (const [name, keys] of Object.entries(WATCHED)) {
  const row = ROWS[name]
  const watched = { ...row, figures: Object.fromEntries(keys.map(key => [key, row.figures[key]])) }
  for (const figure of await measureRow(name, watched, { rounds: 3, kind: 'ours' })) report(figure)
}

function report({ name, must, ratio }) {
  const bound = must * TOLERANCE
  const failed = ratio.least > bound
  console.log(
    `${failed ? 'FAILED' : 'passed'}  ${name}: ${number(ratio.least)} × at the least; at most ${number(bound)} ×`,
  )
  if (failed) process.exitCode = 1
}
