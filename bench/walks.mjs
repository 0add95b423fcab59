/**
 * `node bench/walks.mjs`, after `npm run build`, counts the walks of the code: how many functions
 * are called in how many files, for one key, one command, one message. `--list` prints every call
 * in its order, indented below its caller, and how often each function is called; `--list key`
 * those of one walk.
 */
import { parseArgs } from 'node:util'
import { listOf } from './call-list.mjs'
import { pinClient } from './child.mjs'
import { measureRow } from './measure.mjs'
import { middleOf, traced, walked, WALK_ROWS, WALKS } from './walk-rows.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean', default: false } },
})
const names = positionals.length > 0 ? positionals : Object.keys(WALKS)
const unknown = names.filter(name => !(name in WALKS))
if (unknown.length > 0) throw new Error(`no walk ${unknown.join(', ')}; there are ${Object.keys(WALKS).join(', ')}`)

pinClient()
for (const name of names) await measureRow(name, { ...WALK_ROWS.walks, measure: server => print(server, name) })

async function print(server, name) {
  const walks = await walked(server, name)
  const { functions, calls, files } = middleOf(walks)
  const counts = walks.map(walk => walk.calls)
  console.log(`${name}: ${WALKS[name].title}`)
  console.log(`${calls} calls of ${functions.length} functions in ${files} files`)
  console.log(`${counts.length} times, ${Math.min(...counts)} to ${Math.max(...counts)} calls\n`)
  if (values.list) console.log(`${listOf(functions, await traced(server, name, functions))}\n`)
}
