/**
 * Returns the most likely name for a mistyped word; `undefined` if none is near. Near is at most
 * two wrong letters in five of the longer one, regardless of case. Insertions, deletions,
 * substitutions and swaps of neighbours count. Of two equally near names the longer wins, because
 * people leave letters out rather than add them; then the first.
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

/** Returns a suggestion, as the end of a sentence; empty if no name is near. */
export function didYouMean(word: string, names: Iterable<string>): string {
  const name = nearest(word, names)
  return name === undefined ? '' : `. Did you mean '${name}'?`
}

/** A longer word is no mistyped name. */
const LONGEST = 64

/**
 * Returns Damerau and Levenshtein's distance, by optimal string alignment; `bound` if it is that or
 * more.
 */
export function distance(from: string, to: string, bound: number = Infinity): number {
  if (lettersApart(from, to) >= bound) return bound
  let [before, above, here]: [number[], number[], number[]] = [[], [], []]
  for (let column = 0; column <= to.length; column++) above.push(column)
  let leastAbove = 0
  for (let row = 1; row <= from.length; row++) {
    here[0] = row
    let least = row
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      const single = Math.min(above[column]! + 1, here[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1))
      const away = isSwap(from, to, row, column) ? Math.min(single, before[column - 2]! + 1) : single
      here[column] = away
      if (away < least) least = away
    }
    // All further rows grow from one of these two.
    if (least >= bound && leastAbove >= bound) return bound
    leastAbove = least
    ;[before, above, here] = [above, here, before]
  }
  return Math.min(above[to.length]!, bound)
}

/**
 * Returns how many letters at least must be added or removed, by counting them. It never exceeds
 * the distance, and takes a tenth of the time. Letters are distinguished by the last five bits of
 * their codes.
 */
function lettersApart(from: string, to: string): number {
  const [ours, theirs] = [lettersOf(from), lettersOf(to)]
  return Math.max(count(ours & ~theirs), count(theirs & ~ours))
}

function lettersOf(word: string): number {
  let letters = 0
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31)
  return letters
}

function count(bits: number): number {
  let ones = 0
  for (let left = bits; left !== 0; left &= left - 1) ones++
  return ones
}

function isSwap(from: string, to: string, row: number, column: number): boolean {
  return row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
}
