/**
 * Writes a reference of the public API into `.cache/reference`, one page of Markdown for each entry
 * point, from the types and comments of the sources. Fails where an exported name has no comment.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript-5.4'

const FOLDER = '.cache/reference'
const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.esnext.decorators.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  removeComments: true,
  noEmit: true,
  strict: true,
  types: ['node'],
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const entries = entryPoints()
const program = ts.createProgram(Object.values(entries), OPTIONS)
const checker = program.getTypeChecker()
const printer = ts.createPrinter({ removeComments: true })
const missing = []
mkdirSync(FOLDER, { recursive: true })
for (const [path, file] of Object.entries(entries)) {
  const page = `${path === '.' ? 'index' : path.slice(2)}.md`
  writeFileSync(`${FOLDER}/${page}`, pageOf(path, file))
  console.log(`${FOLDER}/${page}`)
}
for (const name of missing) console.error(`${name} has no comment.`)
process.exitCode = missing.length > 0 ? 1 : 0

/** The sources of the entry points, by their paths in the package. */
function entryPoints() {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
  const targets = Object.entries(exports).filter(([, target]) => typeof target !== 'string')
  const sourceOf = target => target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts')
  return Object.fromEntries(targets.map(([path, target]) => [path, sourceOf(target)]))
}

function pageOf(path, file) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file))
  const symbols = checker.getExportsOfModule(module).toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const title = `# answerback${path.slice(1)}`
  return `${[title, ...symbols.map(sectionOf)].join('\n\n')}\n`
}

function sectionOf(symbol) {
  const thing = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const text = commentOf(thing)
  if (text === '') missing.push(symbol.name)
  const code = thing.declarations.map(signatureOf).filter(Boolean).join('\n')
  return [`## ${symbol.name}`, text, `\`\`\`ts\n${code}\n\`\`\``, ...membersOf(thing)].join('\n\n')
}

/** A comment with its tags, each in a paragraph of its own. */
function commentOf(symbol) {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker))
  const tags = symbol.getJsDocTags(checker).map(({ name, text: parts }) => {
    const body = ts.displayPartsToString(parts)
    return name === 'example' ? `\`\`\`ts\n${body}\n\`\`\`` : `*${name}*: ${body}`
  })
  return [text, ...tags].filter(Boolean).join('\n\n')
}

/** A declaration without bodies and members. */
function signatureOf(declaration) {
  const source = declaration.getSourceFile()
  if (ts.isTypeAliasDeclaration(declaration)) return printer.printNode(ts.EmitHint.Unspecified, declaration, source)
  const ends = declaration.members ?? declaration.body
  const end = ends === undefined ? declaration.end : ends.pos
  return source.text.slice(declaration.getStart(source), end).replace(/\s*\{?\s*$/, '')
}

function membersOf({ declarations }) {
  const members = declarations.flatMap(({ members }) => members ?? [])
  return members.filter(isOpen).flatMap(member => {
    const symbol = checker.getSymbolAtLocation(member.name)
    return symbol === undefined ? [] : [`### ${symbol.name}`, `\`${oneLine(signatureOf(member))}\``, commentOf(symbol)]
  })
}

function isOpen(member) {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected
  return member.name && !ts.isPrivateIdentifier(member.name) && (ts.getCombinedModifierFlags(member) & hidden) === 0
}

function oneLine(text) {
  return text.replaceAll(/\s+/g, ' ')
}
