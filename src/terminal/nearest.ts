/**
 * The one of `words` that is the fewest edits away from `word`, for "did you mean"; `undefined` where none is near. Of two the
 * longer: people leave letters out rather than add them.
 */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.floor(word.length / 2) + 1
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) > least) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least || (distance === least && best !== undefined && best.length < candidate.length))
      [best, least] = [candidate, distance]
  }
  return best
}

/** Letters to insert, remove, replace, or exchange with their neighbour (Damerau's distance, of adjacent ones), row by row. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      const swaps = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const swapped = swaps ? beforeLast[column - 2]! + 1 : Infinity
      current.push(Math.min(replaced, swapped, last[column]! + 1, current[column - 1]! + 1))
    }
    ;[beforeLast, last] = [last, current]
  }
  return last[b.length]!
}
