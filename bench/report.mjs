/** Figures for people: in columns for a terminal, or as rows of a Markdown table. */
import { cpus } from 'node:os'

const COLUMNS = `${'row'.padEnd(12)} ${'figure'.padEnd(58)} ${'ours'.padStart(9)} ${'bare'.padStart(9)} ${'unit'.padEnd(5)} ${'ratio (spread)'.padEnd(26)} ${'must'.padStart(7)} ${'superb'.padStart(7)}`
const TABLE =
  '| row | figure | unit | ours | bare | ratio (spread) | must | superb | |\n|---|---|---|---|---|---|---|---|---|'

export function heading({ pinned, rounds, markdown }) {
  const where = pinned ? 'server and client on a core each' : 'not pinned: taskset is missing'
  const day = new Date().toISOString().slice(0, 10)
  const machine = `${cpus()[0].model} × ${cpus().length}`
  const line = `${day}, Node ${process.version}, ${machine}; ${where}; ${rounds} rounds, median (least … greatest)`
  return markdown ? `${line}\n\n${TABLE}` : `${line}\n${COLUMNS}`
}

export function lineOf(figure) {
  const { row, name, unit, ours, bare, verdict } = figure
  const [must, superb] = boundsOf(figure)
  return [
    row.padEnd(12),
    name.padEnd(58),
    number(ours.median).padStart(9),
    number(bare.median).padStart(9),
    unit.padEnd(5),
    ratioOf(figure).padEnd(26),
    must.padStart(7),
    superb.padStart(7),
    verdict,
  ].join(' ')
}

export function markdownOf(figure) {
  const { row, name, unit, ours, bare, verdict } = figure
  const [must, superb] = boundsOf(figure)
  const cells = [row, name, unit, number(ours.median), number(bare.median), ratioOf(figure), must, superb, verdict]
  return `| ${cells.join(' | ')} |`
}

/** Three digits that count. */
export function number(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** Nothing where the figure stands for itself. */
function ratioOf({ judge, ratio }) {
  return judge === 'value' ? '' : `${number(ratio.median)} × (${number(ratio.least)} … ${number(ratio.greatest)})`
}

function boundsOf({ must, superb, judge, atLeast }) {
  if (must === undefined) return ['', '']
  return [must, superb].map(bound => `${atLeast ? '≥' : '≤'} ${bound}${judge === 'value' ? '' : ' ×'}`)
}
