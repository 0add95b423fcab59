/**
 * Runs the built package on every Node that it supports: packs it, installs the package as a user would, and runs
 * `tools/smoke.mjs` there under each version. The last line is `N passed, N failed`, each version counting as one.
 *
 * The versions come from npm as packages with a binary and no install script, of which there is one for each platform.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const VERSIONS = [20, 22, 24, 26]
const PLATFORM = 'linux-x64'
const NODES = '.cache/nodes'
const PROJECT = '.cache/smoke'
const LONGEST_RUN = 60_000

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
if (`${process.platform}-${process.arch}` === PLATFORM) main()
else
  console.log(
    `npm run test:nodes fetches Node for ${PLATFORM} only. Elsewhere run "npm test" under each of Node ${VERSIONS.join(', ')}.`,
  )

function main() {
  installNodes()
  installPackage()
  const passed = VERSIONS.filter(runOn).length
  console.log(`\n${passed} passed, ${VERSIONS.length - passed} failed`)
  process.exitCode = passed === VERSIONS.length ? 0 : 1
}

function installNodes() {
  const missing = VERSIONS.filter(version => !existsSync(nodeOf(version)))
  if (missing.length === 0) return
  console.log(`Fetching Node ${missing.join(', ')}...`)
  makeProject(NODES)
  npm(NODES, 'install', ...missing.map(version => `node${version}@npm:node-${PLATFORM}@${version}`))
}

/** The package alone, without optional peers: what works without them has to work without them. */
function installPackage() {
  rmSync(PROJECT, { recursive: true, force: true })
  makeProject(PROJECT)
  const [{ filename }] = JSON.parse(npm('.', 'pack', '--json', '--ignore-scripts', '--pack-destination', PROJECT))
  npm(PROJECT, 'install', '--omit=peer', `./${filename}`)
  copyFileSync('tools/smoke.mjs', join(PROJECT, 'smoke.mjs'))
}

function runOn(version) {
  const { status, stdout, stderr, error } = spawnSync(nodeOf(version), ['smoke.mjs'], {
    cwd: PROJECT,
    encoding: 'utf8',
    timeout: LONGEST_RUN,
  })
  const ok = status === 0
  console.log(
    `${ok ? 'passed' : 'FAILED'}  Node ${versionOf(version)}: ${ok ? stdout.trim() : `\n${stdout}${stderr}${error ?? ''}`}`,
  )
  return ok
}

function nodeOf(version) {
  return resolve(NODES, 'node_modules', `node${version}`, 'bin/node')
}

function versionOf(version) {
  return JSON.parse(readFileSync(join(NODES, 'node_modules', `node${version}`, 'package.json'), 'utf8')).version
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
