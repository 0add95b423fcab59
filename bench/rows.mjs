import { COLD_ROWS } from './cold-rows.mjs'
import { COUNT_ROWS } from './count-rows.mjs'
import { MEMORY_ROWS } from './memory-rows.mjs'
import { SCALE_ROWS } from './scale-rows.mjs'
import { COLD_SSH_ROWS, WARM_SSH_ROWS } from './ssh-rows.mjs'
import { WALK_ROWS } from './walk-rows.mjs'
import { WARM_ROWS } from './warm-rows.mjs'

/**
 * How a row is measured unless it says otherwise. `warmUp`: rounds before, which are thrown away.
 */
const COLD = { cold: true, rounds: 7, warmUp: 1 }
const WARM = { cold: false, rounds: 3, warmUp: 4 }

/** By name, in the order in which they are measured. */
export const ROWS = {
  ...all(COLD, COUNT_ROWS, WALK_ROWS, COLD_ROWS, COLD_SSH_ROWS),
  ...all(WARM, WARM_ROWS, MEMORY_ROWS, WARM_SSH_ROWS, SCALE_ROWS),
}

function all(manner, ...tables) {
  return Object.fromEntries(tables.flatMap(Object.entries).map(([name, row]) => [name, { ...manner, ...row }]))
}
