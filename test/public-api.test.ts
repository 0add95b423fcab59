import { existsSync } from 'node:fs'
import ts from 'typescript-5.4'
import { describe, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import names from './public-names.json' with { type: 'json' }

/** What each entry point of the package exports, types too, sorted. */
const NAMES: Readonly<Record<string, readonly string[]>> = names

const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === 'string' ? [] : [{ path, file: target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts') }],
)

const program = ts.createProgram(
  entries.map(({ file }) => file),
  {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.esnext.decorators.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  },
)
const checker = program.getTypeChecker()

describe('the public API', () => {
  it('has a source for every entry point', () => {
    expect(entries.filter(({ file }) => !existsSync(file))).toEqual([])
    expect(Object.keys(NAMES)).toEqual(entries.map(({ path }) => path))
  })

  it.each(entries)('exports from $path what public-names.json lists', ({ path, file }) => {
    expect(exportsOf(file).map(({ name }) => name)).toEqual(NAMES[path])
  })

  it('exports a name from one entry point, unless it is the same thing', () => {
    const first = new Map<string, ts.Symbol>()
    const all = entries.flatMap(({ file }) => exportsOf(file))
    for (const each of all) if (!first.has(each.name)) first.set(each.name, resolved(each))
    expect(all.filter(each => first.get(each.name) !== resolved(each)).map(({ name }) => name)).toEqual([])
  })
})

describe('the reference', () => {
  const things = new Set(entries.flatMap(({ file }) => exportsOf(file).map(resolved)))
  const documented = [...things].flatMap(thing => [
    { name: thing.name, symbol: thing },
    ...membersOf(thing).map(member => ({ name: `${thing.name}.${member.name}`, symbol: member })),
  ])

  it('says of every exported name, and of its members, what it is', () => {
    expect(documented.length).toBeGreaterThan(400)
    expect(documented.filter(({ symbol }) => textOf(symbol) === '').map(({ name }) => name)).toEqual([])
  })

  it('tells defaults by a tag', () => {
    const inProse = documented.filter(({ symbol }) => /\bDefault(?::| [`'\d])/.test(textOf(symbol)))
    expect(inProse.map(({ name }) => name)).toEqual([])
  })
})

/** What a file exports, types too, sorted by name. */
function exportsOf(file: string): ts.Symbol[] {
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  const symbols = module === undefined ? [] : checker.getExportsOfModule(module)
  return symbols.toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

/** The thing itself, where a name stands for one of another file. */
function resolved(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

/** The members that an interface or a class has of its own, private and protected ones excepted. */
function membersOf(symbol: ts.Symbol): ts.Symbol[] {
  const bodies = (symbol.declarations ?? []).filter(
    each => ts.isInterfaceDeclaration(each) || ts.isClassDeclaration(each),
  )
  return bodies.flatMap(body =>
    body.members.flatMap(member => {
      const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override
      const isOpen = (ts.getCombinedModifierFlags(member) & hidden) === 0
      const found = member.name && !ts.isPrivateIdentifier(member.name) && checker.getSymbolAtLocation(member.name)
      return isOpen && found ? [found] : []
    }),
  )
}

function textOf(symbol: ts.Symbol): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker))
}
