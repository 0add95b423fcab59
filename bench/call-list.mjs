/** The calls of a walk, written out for people. */
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'

const BUILT = new URL('../dist/', import.meta.url)
/** Of source maps, by file. */
const maps = new Map()

/**
 * Returns a tree of all `calls` (of `takeTrace`) in their order, and below it a list of all
 * `functions` (of `takeCalls`) by file, with their counts. A function without a statement, such as
 * what initializes the fields of a class, may be in the list alone.
 */
export function listOf(functions, calls, placeOf = sourceOf) {
  const labels = functions.map(fn => `${fn.name || '(anonymous)'}  ${placeOf(fn)}`)
  const tree = calls.map(({ fn, depth }) => `${'  '.repeat(depth)}${labels[fn]}`)
  const list = Array.from(byFile(functions, calls), ([file, indices]) => {
    const lines = indices.map(fn => `${counted(functions[fn].count)}${labels[fn]}`)
    return `\n${counted(sum(indices.map(fn => functions[fn].count)))}${file}\n${lines.join('\n')}`
  })
  return [...tree, ...list].join('\n')
}

/** Files and functions in order of their first call. */
function byFile(functions, calls) {
  const files = new Map()
  for (const fn of new Set([...calls.map(call => call.fn), ...functions.keys()])) {
    const { file } = functions[fn]
    files.set(file, [...(files.get(file) ?? []), fn])
  }
  return files
}

function counted(count) {
  return `${String(count).padStart(4)}  `
}

function sum(counts) {
  return counts.reduce((all, count) => all + count, 0)
}

/** The line in the source, as the map has it. */
function sourceOf({ file, start }) {
  const path = new URL(file, BUILT)
  const before = readFileSync(path, 'utf8').slice(0, start)
  const [line, column] = [before.split('\n').length - 1, start - before.lastIndexOf('\n') - 1]
  if (!maps.has(file)) maps.set(file, mapOf(new URL(`${path}.map`)))
  const { originalLine } = maps.get(file)?.findEntry(line, column) ?? {}
  const known = originalLine !== undefined
  return known ? `src/${file.replace(/js$/, 'ts')}:${originalLine + 1}` : `dist/${file}:${line + 1}`
}

function mapOf(url) {
  return existsSync(url) ? new SourceMap(JSON.parse(readFileSync(url, 'utf8'))) : undefined
}
