/**
 * `npm run bench` measures every row, `npm run bench -- keys bulk` those that are named. `--rounds 9` (default 5, after one that is thrown
 * away), `--profile` (a `.cpuprofile` of each server in `.cache/profiles`), `--kind NAME` (another server module of this folder, instead of
 * ours), `--markdown` (the table as it stands in `docs/PERFORMANCE.md`).
 */
import { parseArgs } from 'node:util'
import { pinClient } from './child.mjs'
import { measureRow } from './measure.mjs'
import { heading, lineOf, markdownOf } from './report.mjs'
import { ROWS } from './rows.mjs'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    profile: { type: 'boolean', default: false },
    kind: { type: 'string', default: 'ours' },
    markdown: { type: 'boolean', default: false },
  },
})
const names = positionals.length > 0 ? positionals : Object.keys(ROWS)
const unknown = names.filter(name => !(name in ROWS))
if (unknown.length > 0) throw new Error(`no row ${unknown.join(', ')}; there are ${Object.keys(ROWS).join(', ')}`)

const print = options.markdown ? markdownOf : lineOf
const rounds = Number(options.rounds)
console.log(heading({ pinned: pinClient(), rounds, markdown: options.markdown }))
for (const name of names) {
  const figures = await measureRow(name, ROWS[name], { rounds, profile: options.profile, kind: options.kind })
  console.log(figures.map(print).join('\n'))
}
