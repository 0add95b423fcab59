import { Option } from './codes.ts'
import type { State } from './negotiation.ts'

/**
 * The states of the options of one side: three bits for each option of `codes.ts`, in one number,
 * for there are two for each session (a map of six options is 300 bytes). 0 where none was ever
 * set.
 */
export type PackedStates = number

/** `undefined` where the option was never set: also for those that we do not know of. */
export function stateIn(states: PackedStates, option: number): State | undefined {
  const shift = SHIFTS[option]
  return shift === undefined ? undefined : STATES[(states >> shift) & BITS]
}

/** The same states with one of them set. The option is one that we know of. */
export function withState(states: PackedStates, option: number, state: State): PackedStates {
  const shift = SHIFTS[option]
  if (shift === undefined) throw new RangeError(`${option} is no option of ours`)
  return (states & ~(BITS << shift)) | (STATES.indexOf(state) << shift)
}

const BITS = 7

/** A state by its bits. */
const STATES: readonly (State | undefined)[] = [
  undefined,
  'no',
  'yes',
  'want-no',
  'want-no-opposite',
  'want-yes',
  'want-yes-opposite',
]

/**
 * Where an option's bits begin. Ten options fill 30 bits, which the engine still keeps without an
 * object.
 */
const SHIFTS: readonly (number | undefined)[] = shiftsOf(Object.values(Option))

function shiftsOf(options: readonly number[]): (number | undefined)[] {
  const shifts: (number | undefined)[] = Array.from({ length: Math.max(...options) + 1 })
  for (const [i, option] of options.entries()) shifts[option] = i * 3
  return shifts
}
