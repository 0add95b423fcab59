/**
 * A clause, as the sentence that a user reads: with a capital letter and a full stop, unless it
 * ends in a mark already.
 */
export function sentence(clause: string): string {
  const first = clause.slice(0, 1).toUpperCase()
  return `${first}${clause.slice(1)}${/[.?!…:]$/.test(clause) ? '' : '.'}`
}
