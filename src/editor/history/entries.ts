/** A user's accepted lines, oldest first. Entries may hold newlines. */
export type HistoryEntries = readonly string[]

/** How many inputs are kept, and which. */
export interface HistoryPolicy {
  /**
   * The most entries that are kept; the oldest are dropped first.
   * @default 1000
   */
  readonly size?: number
  /**
   * What happens to a line that the history already holds:
   *
   * - `keep` keeps both, as Readline does;
   * - `ignore` drops a line that repeats the one just before it (Bash's `ignoredups`);
   * - `erase` drops every earlier copy (`erasedups`).
   * @default `ignore`
   */
  readonly duplicates?: 'keep' | 'ignore' | 'erase'
}

/**
 * Adds an accepted line to a history, and returns whether it was added. Blank lines are not kept.
 */
export function remember(entries: string[], line: string, policy: HistoryPolicy = {}): boolean {
  if (!belongs(entries, line, policy)) return false
  insert(entries, ownCopy(line), policy)
  if (line.length > SHORT_LINE_CHARS) dropOldest(entries)
  return true
}

/**
 * Appends the entries of another history, by the same policy. The strings are shared, not copied.
 */
export function adopt(entries: string[], others: readonly string[], policy: HistoryPolicy = {}): void {
  let long = false
  for (const entry of others) {
    if (!belongs(entries, entry, policy)) continue
    insert(entries, entry, policy)
    long ||= entry.length > SHORT_LINE_CHARS
  }
  if (long) dropOldest(entries)
}

function belongs(entries: readonly string[], line: string, { duplicates = 'ignore' }: HistoryPolicy): boolean {
  return !(duplicates === 'ignore' && entries.at(-1) === line) && line.trim() !== ''
}

function insert(entries: string[], entry: string, { size = 1000, duplicates }: HistoryPolicy): void {
  if (duplicates === 'erase') {
    for (let at = entries.lastIndexOf(entry); at >= 0; at = entries.lastIndexOf(entry)) entries.splice(at, 1)
  }
  entries.push(entry)
  // `splice` would move all the others, which is slower for a long history.
  while (entries.length > size) entries.shift()
}

/**
 * Returns a copy of its own. A slice of a longer text, such as a packet, would keep all of that
 * text in memory.
 */
export function ownCopy(line: string): string {
  return ` ${line}`.slice(1)
}

/** So many lines of this length fit at any size; only a longer line makes us count. */
const SHORT_LINE_CHARS = 256
/**
 * The most UTF-16 units that a list of entries holds, the newest entry always among them. A
 * thousand lines of 64 KiB would be no real history.
 */
export const MAX_HISTORY_CHARS: number = 512 * 1024

function dropOldest(entries: string[]): void {
  let left = MAX_HISTORY_CHARS
  let first = entries.length
  while (first > 0 && (left -= entries[first - 1]!.length) >= 0) first -= 1
  entries.splice(0, Math.min(first, entries.length - 1))
}
