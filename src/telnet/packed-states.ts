import { Option } from './codes.ts'
import type { State } from './negotiation.ts'

/**
 * The states of the options of one side: three bits for each option of `codes.ts`, in one number.
 * Each session has two, and a map of six options takes 300 bytes. 0 if none was ever set.
 */
export type PackedStates = number

/** Returns a state; `undefined` if the option was never set or is unsupported. */
export function stateIn(states: PackedStates, option: number): State | undefined {
  const shift = SHIFTS[option]
  return shift === undefined ? undefined : STATES[(states >> shift) & BITS]
}

/** Returns the states with one of them set; the option must be supported. */
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
 * The position of an option's bits. Ten options fill 30 bits, which the engine still stores without
 * an object.
 */
const SHIFTS: readonly (number | undefined)[] = shiftsOf(Object.values(Option))

function shiftsOf(options: readonly number[]): (number | undefined)[] {
  const shifts: (number | undefined)[] = Array.from({ length: Math.max(...options) + 1 })
  for (const [i, option] of options.entries()) shifts[option] = i * 3
  return shifts
}
