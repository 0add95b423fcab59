/**
 * `npm run bench:tables` makes the tables of `docs/PERFORMANCE.md` from the runs in
 * `bench/results`: of each row and each Node, the newest run that has measured it. `--check`
 * changes nothing, and fails where the document says anything else. A table stands between `<!--
 * bench:SECTION -->` and `<!-- bench:end -->`; sections are those of the budget.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BUDGET } from './budget.mjs'
import { judged } from './judge.mjs'
import { boundsOf, CELLS, outcomeOf } from './report.mjs'
import { keptRuns, majorOf } from './results.mjs'

const DOCUMENT = fileURLToPath(new URL('../docs/PERFORMANCE.md', import.meta.url))
const NODES = [20, 24]
const BLOCK = /(<!-- bench:([\w-]+) -->\n)[^]*?(<!-- bench:end -->)/g
const NONE = 'No run is kept yet.'

/** `text` with every table as the runs have it. */
export function withTables(text, runs) {
  const missing = Object.keys(BUDGET).filter(section => !text.includes(`<!-- bench:${section} -->`))
  if (missing.length > 0) throw new Error(`the document has no place for ${missing.join(', ')}`)
  return text.replaceAll(BLOCK, (_, begin, section, end) => `${begin}\n${tableOf(section, runs)}\n\n${end}`)
}

function tableOf(section, runs) {
  const rows = BUDGET[section]
  const sources = new Set()
  const lines = Object.entries(rows).flatMap(([row, figures]) => {
    const measured = NODES.map(major => runs.find(run => majorOf(run) === major && row in run.rows))
    for (const run of measured) if (run) sources.add(run)
    return Object.entries(figures).map(([key, figure]) => [
      row,
      figure.name,
      ...boundsOf(figure),
      ...measured.flatMap(run => outcomeOf(run && judged(key, figure, run.rows[row], majorOf(run)))),
    ])
  })
  if (sources.size === 0) return NONE
  const header = ['row', 'figure', ...CELLS.bounds, ...NODES.flatMap(headerOf)]
  return `${Array.from(sources, sourceOf).join('\n')}\n\n${markdown([header, ...lines])}`
}

function headerOf(major) {
  const [ours, ...others] = CELLS.outcome
  return [`Node ${major}: ${ours}`, ...others]
}

function sourceOf({ begun, commit, node, machine }) {
  const cores = machine.pinned ? 'server and client on a core each' : 'not pinned'
  const busy = `load before ${machine.load.toFixed(1)}`
  return `- ${begun.slice(0, 10)}, Node ${node}, ${machine.processor} × ${machine.cores}; ${cores}; ${busy}; ${commit}`
}

/** Aligned as the formatter does it, so that the two agree. */
function markdown([header, ...lines]) {
  const widths = header.map((_, column) => Math.max(3, ...[header, ...lines].map(cells => cells[column].length)))
  const line = cells => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`
  return [line(header), rule, ...lines.map(line)].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = readFileSync(DOCUMENT, 'utf8')
  const made = withTables(text, keptRuns())
  if (!process.argv.includes('--check')) writeFileSync(DOCUMENT, made)
  else if (made !== text) {
    console.error('docs/PERFORMANCE.md has a table that is not what bench/results says: run "npm run bench:tables".')
    process.exitCode = 1
  }
}
