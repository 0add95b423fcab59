/**
 * What runs have come to, kept in `bench/results`, a file for each. Schema 1:
 *
 * - `begun` (ISO 8601, UTC), `seconds`, `commit` (with a `+` where the code differs from it),
 *   `node` (its version);
 * - `machine`: `processor`, `cores`, `load` (of the minute before), `pinned` (server and client had
 *   a core each);
 * - `rows`: by row and server a list of rounds, in each the figures of `budget.mjs` by their names:
 *   a number, or for processor time `all` of the process's threads and `main`.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SCHEMA = 1
const FOLDER = fileURLToPath(new URL('results/', import.meta.url))

/** Answers the name of the file. */
export function keep(run) {
  const name = `${run.begun.slice(0, 16).replace('T', '-').replace(':', '')}-${run.node}.json`
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(`${FOLDER}${name}`, textOf(run))
  return name
}

/** A row a line, so that two runs can be compared line by line. */
export function textOf({ rows, ...head }) {
  const lines = Object.entries(rows).map(([row, servers]) => `"${row}": ${JSON.stringify(servers, rounded)}`)
  return `${JSON.stringify({ schema: SCHEMA, ...head }).slice(0, -1)},\n"rows": {\n${lines.join(',\n')}\n}}\n`
}

/** All that are kept, the newest first. */
export function keptRuns() {
  if (!existsSync(FOLDER)) return []
  return readdirSync(FOLDER)
    .filter(name => name.endsWith('.json'))
    .sort()
    .reverse()
    .map(name => read(name, readFileSync(`${FOLDER}${name}`, 'utf8')))
}

function read(name, text) {
  const run = JSON.parse(text)
  if (run.schema !== SCHEMA) throw new Error(`${name} is of schema ${run.schema}, and this reads ${SCHEMA}`)
  return run
}

export function majorOf({ node }) {
  return Number(node.slice(1).split('.', 1)[0])
}

export function commit() {
  const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--', 'src', 'bench/*.mjs') === '' ? '' : '+'}`
}

/** Six digits are more than any figure is worth. */
function rounded(_, value) {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value
}
