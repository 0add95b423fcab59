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
    // Whatever follows grows from one of these two rows.
    if (least >= bound && leastAbove >= bound) return bound
    leastAbove = least
    ;[before, above, here] = [above, here, before]
  }
  return Math.min(above[to.length]!, bound)
}

/**
 * How many letters at least have to come or go, by which of them there are: never more than the distance, and told in a tenth of the time. Letters are told apart
 * by the last five bits of their codes.
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
