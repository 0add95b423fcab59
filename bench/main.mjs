/**
 * `npm run bench` measures every row, `npm run bench -- keys bulk` those that are named. `--rounds 9` (default 5, after one that is thrown
 * away), `--profile` (a `.cpuprofile` of each server in `.cache/profiles`), `--kind NAME` (another server module of this folder, instead of ours).
 */
import { parseArgs } from 'node:util'
import { pinClient } from './child.mjs'
import { measureRow } from './measure.mjs'
import { heading, lineOf } from './report.mjs'
import { ROWS } from './rows.mjs'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    profile: { type: 'boolean', default: false },
    kind: { type: 'string', default: 'ours' },
  },
})
const names = positionals.length > 0 ? positionals : Object.keys(ROWS)
const unknown = names.filter(name => !(name in ROWS))
if (unknown.length > 0) throw new Error(`no row ${unknown.join(', ')}; there are ${Object.keys(ROWS).join(', ')}`)

console.log(heading({ pinned: pinClient(), rounds: options.rounds }))
for (const name of names) {
  for (const figure of await measureRow(name, ROWS[name], {
    rounds: Number(options.rounds),
    profile: options.profile,
    kind: options.kind,
  })) {
    console.log(lineOf(figure))
  }
}
