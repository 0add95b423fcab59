/**
 * Runs the checks of `npm test`, or those whose names are given. Each is a script of package.json, has a heading and a verdict,
 * and runs whatever the others say. The last line is `N passed, N failed`: every test counts as one, every other check too.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const CHECKS = {
  format: { script: 'format:check', asks: 'Is every file formatted?', remedy: 'npm run format' },
  lint: { script: 'lint', asks: 'Does the linter find a bug?' },
  types: { script: 'build', asks: 'Do the types hold, tests and examples included?' },
  unit: { script: 'unit', asks: 'Do the tests pass?', count: countTests },
  reference: { script: 'reference', asks: 'Has every public name a comment for the reference?' },
  publint: { script: 'publint', asks: 'Is the package well-formed?' },
  attw: { script: 'attw', asks: 'Do its types resolve for those who import it?' },
  knip: { script: 'knip', asks: 'Is there a file, an export or a dependency that nobody uses?' },
}
const REPORT = '.cache/vitest.json'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(CHECKS)
const outcomes = names.map(check)
summarise(outcomes)

function check(name) {
  const { script, asks, remedy, count } = CHECKS[name]
  console.log(`\n== ${name}: ${asks}`)
  const began = performance.now()
  if (count) prepareReport()
  const { status } = spawnSync(count ? reporting(scripts[script]) : scripts[script], {
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}` },
  })
  const ok = status === 0
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    `-- ${name}: ${ok ? 'passed' : 'FAILED'} in ${seconds} s${!ok && remedy ? ` (mend it with: ${remedy})` : ''}`,
  )
  return { name, ok, seconds, ...(count ?? countOne)(ok) }
}

function countOne(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
}

function reporting(script) {
  return `${script} --reporter=default --reporter=json --outputFile.json=${REPORT}`
}

function prepareReport() {
  mkdirSync('.cache', { recursive: true })
  rmSync(REPORT, { force: true })
}

/** A test file that cannot be loaded has no tests: it counts as one that failed, and so does a run that fails beside its tests. */
function countTests(ok) {
  try {
    const { numPassedTests, numPendingTests, testResults } = JSON.parse(readFileSync(REPORT, 'utf8'))
    const names = testResults.flatMap(failuresOf)
    const failed = ok ? names.length : Math.max(1, names.length)
    return { passed: numPassedTests, failed, skipped: numPendingTests, names }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

/** Of a file of tests: those that have failed, or the file where it could not be loaded, or set up. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative('.', name)
  const failed = assertionResults.filter(test => test.status === 'failed')
  if (status === 'failed' && failed.length === 0) return [`${file}: ${firstLine(message ?? '')}`]
  return failed.map(({ fullName, failureMessages: [why = ''] }) => `${file}: ${fullName}: ${firstLine(why)}`)
}

function firstLine(text) {
  return text.split('\n', 1)[0]
}

function summarise(outcomes) {
  console.log('\n== summary')
  for (const { name, ok, seconds, passed, failed, skipped, names = [] } of outcomes) {
    const tests = CHECKS[name].count
      ? `  ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
      : ''
    console.log(`${ok ? 'passed' : 'FAILED'}  ${name.padEnd(8)} ${seconds.padStart(6)} s${tests}`)
    // Once more, here at the end: what has failed is to be found without the whole output.
    for (const failure of names) console.log(`        ${failure}`)
  }
  const sum = key => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1
}
