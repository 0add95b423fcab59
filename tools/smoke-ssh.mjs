/**
 * Runs where the package and its peers are installed: serves a shell over SSH, and talks to it as
 * OpenSSH's client does, with each algorithm that is there by default. One that this runtime has
 * not must not be offered: the client says so then, instead of losing its connection.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createShell, serve } from 'answerback'
import { ssh } from 'answerback/ssh'

const CHOICES = [
  [],
  ...['aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr'].map(name => [
    `-oCiphers=${name}`,
  ]),
  ...['curve25519-sha256', 'diffie-hellman-group16-sha512'].map(name => [`-oKexAlgorithms=${name}`]),
]

const missing = []
const log = {
  debug() {},
  info: ({ algorithms = [] }) => missing.push(...algorithms),
  warn: console.error,
  error: console.error,
}
const shell = createShell().command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))
rmSync('host_key', { force: true })
const server = await serve(shell, { log, listen: [ssh({ port: 0, hostKey: 'host_key' })] })
const answers = []
for (const options of CHOICES) answers.push(await echo(server.addresses[0].port, options))
await server.close()

assert.match(answers[0], /^hi$/m, 'what is offered by default')
for (const [at, options] of CHOICES.entries()) {
  const isMissing = missing.some(name => options[0]?.endsWith(`=${name}`))
  assert.match(answers[at], isMissing ? /no matching/ : /^hi$/m, options.join(' '))
}
console.log(`SSH${missing.length === 0 ? '' : ` without ${missing.join(', ')}`}`)

/** `ssh host echo hi`: what it answers, or says. */
function echo(port, options) {
  return new Promise((resolve, reject) => {
    const known = ['-oBatchMode=yes', '-oStrictHostKeyChecking=no', '-oUserKnownHostsFile=/dev/null', '-oLogLevel=INFO']
    const client = spawn('ssh', ['-F', 'none', ...known, ...options, '-p', `${port}`, 'anna@127.0.0.1', 'echo', 'hi'])
    let heard = ''
    for (const stream of [client.stdout, client.stderr]) stream.on('data', bytes => (heard += String(bytes)))
    client.on('error', reject)
    client.on('close', () => resolve(heard.trim()))
  })
}
