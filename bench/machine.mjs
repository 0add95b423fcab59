/**
 * The machine that has measured, and how busy it was with other things: what a figure is worth
 * depends on it.
 */
import { cpus, loadavg } from 'node:os'

const BUSY = 0.5

export function machine() {
  return { processor: cpus()[0].model.trim(), cores: cpus().length, load: loadavg()[0] }
}

export function warningOf({ load }) {
  if (load <= BUSY) return undefined
  return `The machine is busy (load ${load.toFixed(1)}): but for the counts, these figures are worth little.`
}
