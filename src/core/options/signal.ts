/**
 * Signals that end a program without a handler, by their POSIX names without SIG, with their
 * numbers. Other signals (`TSTP`) end nothing.
 */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['HUP', 1],
  ['INT', 2],
  ['QUIT', 3],
  ['ILL', 4],
  ['ABRT', 6],
  ['FPE', 8],
  ['KILL', 9],
  ['USR1', 10],
  ['SEGV', 11],
  ['USR2', 12],
  ['PIPE', 13],
  ['ALRM', 14],
  ['TERM', 15],
])

/**
 * Returns the exit status after a signal, as in POSIX shells (143 for `TERM`); `undefined` for one
 * that ends nothing.
 */
export function statusOfSignal(name: string): number | undefined {
  const number = NUMBERS.get(name)
  return number === undefined ? undefined : 128 + number
}
