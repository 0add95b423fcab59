/**
 * Figures for people: the cells of a line, for the terminal and for the tables of the documents.
 */

export const CELLS = {
  bounds: ['unit', 'before', 'must', 'superb'],
  outcome: ['ours', 'bare', 'judged (least … greatest)', ''],
}

export function boundsOf({ unit, before = '', must, superb, atLeast = false, judge }) {
  const bounds = [must, superb].map(bound =>
    bound === undefined ? '' : `${atLeast ? '≥' : '≤'} ${FORMS[judge ?? 'ratio'](bound, String)}`,
  )
  return [unit, before, ...bounds]
}

/** Of a figure that is `judged`; blanks where it has not been measured. */
export function outcomeOf(figure) {
  if (figure === undefined) return CELLS.outcome.map(() => '')
  const { ours, theirs, outcome, judge, verdict } = figure
  const form = FORMS[judge ?? 'ratio']
  const [median, least, greatest] = [outcome.median, outcome.least, outcome.greatest].map(value => form(value, number))
  return [time(ours), theirs === undefined ? '' : time(theirs), `${median} (${least} … ${greatest})`, verdict]
}

/** How what is judged is written, given what writes numbers. */
const FORMS = {
  ratio: (value, write) => `${write(value)} ×`,
  difference: (value, write) => `${value > 0 ? '+' : ''}${write(value)}`,
  value: (value, write) => write(value),
}

/** Three digits that count. */
export function number(value) {
  const size = Math.abs(value)
  return Number.isInteger(value) || size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** Of all threads, and of the main one. */
function time({ all, main }) {
  return main === undefined ? number(all) : `${number(all)} (${number(main)})`
}
