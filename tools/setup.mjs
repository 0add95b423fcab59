/**
 * Makes a clone ready to run: the dependencies of the lock file, and the build. Does only what is not done yet,
 * so it may stand before every command; when all is done it takes about a quarter of a second.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = [20, 19]

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
checkNode()
install()
build()

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  console.error(
    `answerback needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${process.versions.node}: https://nodejs.org`,
  )
  process.exit(1)
}

/**
 * Exactly what the lock file names, for whatever platform; the file stays as it is. No package's
 * own script need run.
 */
function install() {
  if (isInstalled()) return
  console.log('Installing the dependencies...')
  npm('ci', '--include=dev', '--ignore-scripts')
}

/** npm notes in node_modules/.package-lock.json what it has installed, last of all; packages for other platforms are missing there. */
function isInstalled() {
  const done = 'node_modules/.package-lock.json'
  if (!existsSync(done)) return false
  const installed = packagesOf(done)
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.integrity === wanted.integrity,
  )
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages
}

function build() {
  if (hasStaleOutput()) rmSync('dist', { recursive: true })
  run('the build', process.execPath, 'node_modules/typescript/bin/tsc', '-b', 'tsconfig.node.json')
}

/** tsc never removes what it once wrote, and npm would pack it: output without a source means a build from nothing. */
function hasStaleOutput() {
  if (!existsSync('dist')) return false
  const output = readdirSync('dist', { recursive: true }).filter(path => path.endsWith('.js'))
  return output.some(path => !existsSync(`src/${path.replace(/\.js$/, '.ts')}`))
}

function npm(...options) {
  const { npm_execpath: npm } = process.env
  run(`npm ${options[0]}`, ...(npm ? [process.execPath, npm] : ['npm']), ...options)
}

function run(what, program, ...options) {
  const { status } = spawnSync(program, options, { stdio: 'inherit', shell: program === 'npm' })
  if (status === 0) return
  console.error(`Stopped: ${what} has failed.`)
  process.exit(1)
}
