/**
 * Returns a clause as a sentence for the user: with a capital letter, and with a full stop unless
 * it already ends in a mark.
 */
export function sentence(clause: string): string {
  const first = clause.slice(0, 1).toUpperCase()
  return `${first}${clause.slice(1)}${/[.?!…:]$/.test(clause) ? '' : '.'}`
}
