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

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const swap = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(swap, above[column]! + 1, current[column - 1]! + 1))
    }
    above = current
  }
  return above[b.length]!
}
