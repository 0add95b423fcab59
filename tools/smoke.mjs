/** Runs where the package is installed: imports every export, serves a shell, and talks to it as a client in line mode does. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'

// No optional peer is installed here: an export that needs one may say so when it is used, not when it is imported.
const { exports } = JSON.parse(readFileSync('node_modules/answerback/package.json', 'utf8'))
const names = Object.keys(exports).filter(path => !path.endsWith('.json'))
for (const name of names) {
  const loaded = await import(`answerback${name.slice(1)}`)
  assert.notEqual(Object.keys(loaded).length, 0, `${name} exports nothing`)
}
await assert.rejects(import('answerback/dist/index.js'))

const { createShell, serve } = await import('answerback')
const { telnet } = await import('answerback/telnet')

const shell = createShell({ welcome: 'Welcome.', prompt: 'smoke> ' }).command(
  'add <a:number> <b:number>',
  'Add two numbers.',
  ({ a, b }) => `sum ${a + b}`,
)
const server = await serve(shell, { listen: [telnet(0)] })
const answer = await conversation(server.addresses[0].port, 'add 40 2\r\nadd 1 x\r\nadd 1 1\r\nexit\r\n')
await server.close()

for (const expected of ['Welcome.', 'smoke> ', 'sum 42', 'sum 2', 'Goodbye']) {
  assert.ok(answer.includes(expected), `${JSON.stringify(expected)} is missing in ${JSON.stringify(answer)}`)
}
console.log(`${names.length} exports, a shell over telnet`)

/** All that the server says until it closes. */
function conversation(port, text) {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setTimeout(20_000, () => socket.destroy(new Error(`silence after ${JSON.stringify(heard)}`)))
    socket.on('data', bytes => (heard += bytes.toString('latin1')))
    socket.on('error', reject)
    socket.on('close', () => resolve(heard))
  })
}
