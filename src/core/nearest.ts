/**
 * The name that was most likely meant by a mistyped word; `undefined` where none is near. Near is at most two in five letters of the
 * longer one wrong, counted as insertions, deletions, substitutions and swaps of neighbours, without regard to case. Of two that
 * are equally near it is the longer: people leave letters out rather than add them; then the first.
 */
export function nearest(word: string, names: Iterable<string>): string | undefined {
  if (word.length < 2 || word.length > LONGEST) return undefined
  const wrong = word.toLowerCase()
  let found: string | undefined
  let least = Infinity
  for (const name of names) {
    const bound = Math.min(least, Math.max(1, Math.floor(Math.max(wrong.length, name.length) * 0.4)))
    if (Math.abs(name.length - wrong.length) > bound) continue
    const away = distance(wrong, name.toLowerCase(), bound + 1)
    if (away > bound || (away === least && name.length <= found!.length)) continue
    ;[found, least] = [name, away]
  }
  return found
}

/** Says what was meant, as the end of a sentence; empty where nothing is near. */
export function didYouMean(word: string, names: Iterable<string>): string {
  const name = nearest(word, names)
  return name === undefined ? '' : `. Did you mean '${name}'?`
}

/** Nobody types a name this long by mistake. */
const LONGEST = 64

/** Damerau and Levenshtein's distance, by optimal string alignment; `bound` where it is that or more. */
export function distance(from: string, to: string, bound: number = Infinity): number {
  let [before, above, here]: [number[], number[], number[]] = [
    [],
    Array.from({ length: to.length + 1 }, (_, n) => n),
    [],
  ]
  for (let row = 1; row <= from.length; row++) {
    here[0] = row
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      const single = Math.min(above[column]! + 1, here[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1))
      here[column] = isSwap(from, to, row, column) ? Math.min(single, before[column - 2]! + 1) : single
    }
    // Whatever follows grows from one of these two rows.
    if (Math.min(...here) >= bound && Math.min(...above) >= bound) return bound
    ;[before, above, here] = [above, here, before]
  }
  return Math.min(above[to.length]!, bound)
}

function isSwap(from: string, to: string, row: number, column: number): boolean {
  return row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
}
