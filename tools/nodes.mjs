/**
 * Runs the built package on every runtime that it supports: packs it, installs the package as a
 * user would, and runs `tools/smoke.mjs` there under each, then, with the optional peers,
 * `tools/smoke-ssh.mjs`. The last line is `N passed, N failed`, each runtime counting as one.
 *
 * The runtimes come from npm as packages with a binary and no install script, of which there is one
 * for each platform.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const PLATFORM = 'linux-x64'
const NODES = [20, 22, 24, 26]
const RUNTIMES = [
  ...NODES.map(version => ({
    name: 'Node',
    folder: `node${version}`,
    from: `npm:node-${PLATFORM}@${version}`,
    command: ['bin/node'],
  })),
  { name: 'Bun', folder: 'bun', from: 'npm:@oven/bun-linux-x64-baseline@1.4', command: ['bin/bun'] },
  { name: 'Deno', folder: 'deno', from: 'npm:@deno/linux-x64-glibc@2.9', command: ['deno', 'run', '--allow-all'] },
]
const FETCHED = '.cache/nodes'
const PEERS = ['ssh2', '@noble/post-quantum']
const LONGEST_RUN = 60_000

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
if (`${process.platform}-${process.arch}` === PLATFORM) main()
else
  console.log(
    `npm run test:nodes fetches runtimes for ${PLATFORM} only. Elsewhere run "npm test" under each of Node ${NODES.join(', ')}.`,
  )

function main() {
  fetchRuntimes()
  // Not below this folder: what is installed here would be found there.
  const project = mkdtempSync(join(tmpdir(), 'answerback-smoke-'))
  try {
    installPackage(project)
    const failed = new Set(RUNTIMES.filter(runtime => !runOn(runtime, 'smoke.mjs', project)))
    installPeers(project)
    for (const runtime of RUNTIMES) if (!runOn(runtime, 'smoke-ssh.mjs', project)) failed.add(runtime)
    console.log(`\n${RUNTIMES.length - failed.size} passed, ${failed.size} failed`)
    process.exitCode = failed.size === 0 ? 0 : 1
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
}

function fetchRuntimes() {
  const missing = RUNTIMES.filter(runtime => !existsSync(binaryOf(runtime)))
  if (missing.length === 0) return
  console.log(`Fetching ${missing.map(({ folder }) => folder).join(', ')}...`)
  makeProject(FETCHED)
  npm(FETCHED, 'install', '--ignore-scripts', ...missing.map(({ folder, from }) => `${folder}@${from}`))
}

/** The package alone, without optional peers: what works without them has to work without them. */
function installPackage(project) {
  makeProject(project)
  const [{ filename }] = JSON.parse(npm('.', 'pack', '--json', '--ignore-scripts', '--pack-destination', project))
  npm(project, 'install', '--omit=peer', `./${filename}`)
}

function installPeers(project) {
  const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  npm(project, 'install', '--ignore-scripts', ...PEERS.map(name => `${name}@${peerDependencies[name]}`))
}

function runOn(runtime, script, project) {
  copyFileSync(join('tools', script), join(project, script))
  const [, ...options] = runtime.command
  const { status, stdout, stderr, error } = spawnSync(binaryOf(runtime), [...options, script], {
    cwd: project,
    encoding: 'utf8',
    timeout: LONGEST_RUN,
  })
  const ok = status === 0
  const name = `${runtime.name} ${versionOf(runtime)}`
  console.log(`${ok ? 'passed' : 'FAILED'}  ${name}: ${ok ? stdout.trim() : `\n${stdout}${stderr}${error ?? ''}`}`)
  return ok
}

function binaryOf({ folder, command: [binary] }) {
  return resolve(FETCHED, 'node_modules', folder, binary)
}

function versionOf({ folder }) {
  return JSON.parse(readFileSync(join(FETCHED, 'node_modules', folder, 'package.json'), 'utf8')).version
}

/** A package file of its own keeps npm from climbing up to ours. */
function makeProject(folder) {
  mkdirSync(folder, { recursive: true })
  if (!existsSync(join(folder, 'package.json')))
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
}

function npm(cwd, ...options) {
  const { status, stdout, stderr } = process.env.npm_execpath
    ? spawnSync(process.execPath, [process.env.npm_execpath, ...options], { cwd, encoding: 'utf8' })
    : spawnSync('npm', options, { cwd, encoding: 'utf8' })
  if (status === 0) return stdout
  throw new Error(`npm ${options[0]} has failed.\n${stdout}${stderr}`)
}
