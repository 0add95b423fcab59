/**
 * Signals that end a program that does nothing about them, by their POSIX names without SIG, with
 * their numbers. What else may come (`TSTP`) ends nothing.
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
 * Returns the exit status of what a signal has ended, as POSIX shells tell it (143 for `TERM`);
 * `undefined` for one that ends nothing.
 */
export function statusOfSignal(name: string): number | undefined {
  const number = NUMBERS.get(name)
  return number === undefined ? undefined : 128 + number
}
