import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript-5.4'
import type { Node } from 'typescript-5.4'
import { describe, expect, it } from 'vitest'
import { ERRORS } from '../src/core/options/errors.ts'

/** The house: which room stands on which floor, and which rooms it may import. `docs/ARCHITECTURE.md` shows the same table. */
interface Room {
  readonly floor: number
  readonly name: string
  /** `below`: the rooms of all lower floors. */
  readonly imports: readonly string[] | 'below' | 'all'
  /** The words of the document, where they are not the list. */
  readonly says?: string
}

const ROOF = 7
const ROOMS: readonly Room[] = [
  { floor: 0, name: 'core', imports: [] },
  { floor: 1, name: 'telnet', imports: ['core'] },
  { floor: 1, name: 'terminal', imports: ['core'] },
  { floor: 1, name: 'guard', imports: ['core'] },
  { floor: 2, name: 'editor', imports: ['core', 'terminal'] },
  { floor: 3, name: 'shell', imports: ['core', 'terminal', 'editor'] },
  { floor: 4, name: 'platform', imports: ['core'] },
  { floor: 5, name: 'transport', imports: ['core', 'platform'], says: 'core, platform; transport/telnet also telnet' },
  { floor: 5, name: 'store', imports: ['core', 'editor'], says: 'core, the contract it fills' },
  { floor: 6, name: 'serve', imports: 'below', says: 'below, as values' },
  { floor: ROOF, name: 'index', imports: 'all' },
  { floor: ROOF, name: 'testing', imports: 'all' },
  { floor: ROOF, name: 'cli', imports: 'all' },
]

/**
 * Rooms within rooms, the lowest floor first. A file may import its own room and those on lower
 * floors. `.` are the files that stand in the room itself.
 */
const INNER_ROOMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  core: [['text', 'time', 'async'], ['options'], ['.']],
  editor: [['line'], ['history'], ['modes'], ['actions'], ['keys'], ['.']],
  shell: [
    ['usage', 'words', 'render'],
    ['line'],
    ['ask'],
    ['session'],
    ['login', 'command'],
    ['complete'],
    ['settings'],
    ['run'],
    ['class', 'runtime'],
    ['.'],
  ],
  transport: [['net'], ['telnet', 'ssh', 'local']],
  'transport/ssh': [['protocol'], ['keys'], ['auth', 'channel'], ['.']],
}

/** What the files whose path begins so may import beyond that. Packages, and all of Node, come in only here. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  'terminal/': ['get-east-asian-width'],
  'platform/': ['node:'],
  'transport/': ['node:'],
  'transport/telnet/': ['telnet'],
  'transport/ssh/protocol/': ['@noble/post-quantum'],
  'transport/ssh/protocol/ssh2/': ['ssh2'],
  'store/': ['node:'],
  'testing/': ['node:', '@xterm/headless', '@xterm/addon-unicode11'],
  'cli/': ['node:'],
}

const LONGEST = 300
const LONGEST_FUNCTION = 30
/** Files that are longer, with the reason. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'shell/session/session.ts': 'what users see of a session, as one class: half of it is documentation',
  'shell/usage/types.ts': 'the grammar of usage texts, as one table of types: a compiler reads it whole or not at all',
}

const HIGHEST_PURE_FLOOR = 3
const IMPURE =
  /\bDate\.now\b|\bDate\(\s*\)|\bMath\.random\b|\bperformance\b|\b(?:set|clear)(?:Timeout|Interval|Immediate)\b|\bcrypto\b|\bprocess\.|\bglobalThis\b/

/** Its private fields begin with `_`, its modules have paths. ssh2 can be replaced where they are known. */
const SSH2_INTERNALS = /\._\w|'ssh2\/|loadSsh2/

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => path.endsWith('.ts') && !/\.(?:test|suite|d)\.ts$/.test(path))
  .map(path => ({ path, text: readFileSync(`src/${path}`, 'utf8') }))
  .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1, code: withoutComments(text) }))

describe('the house', () => {
  it('has a room for every file', () => {
    expect(sources.filter(({ path }) => !roomOf(path)).map(({ path }) => path)).toEqual([])
  })

  it('has only the arrows that its table allows', () => {
    const arrows = sources.flatMap(({ path, code }) => importsOf(path, code).map(target => ({ path, target })))
    expect(arrows.filter(({ path, target }) => !mayImport(path, target))).toEqual([])
  })

  it('has a floor for every room within a room', () => {
    const places = sources.flatMap(({ path }) => Object.keys(INNER_ROOMS).map(room => ({ path, room })))
    expect(places.filter(({ path, room }) => path.startsWith(`${room}/`) && innerFloorOf(room, path) < 0)).toEqual([])
  })

  it('has no circle of rooms', () => {
    expect(circleIn(arrowsBetweenRooms())).toBeUndefined()
  })

  it('has no circle of files', () => {
    const arrows = sources.map(({ path, code }) => [path, importsOf(path, code)] as const)
    expect(circleIn(new Map(arrows))).toBeUndefined()
  })

  it('keeps clocks, timers and chance out of the pure floors', () => {
    const pure = sources.filter(({ path }) => (roomOf(path)?.floor ?? ROOF) <= HIGHEST_PURE_FLOOR)
    expect(pure.flatMap(({ path, code }) => linesWith(IMPURE, path, code))).toEqual([])
  })

  it('knows the fields and files of ssh2 in one room only', () => {
    const others = sources.filter(({ path }) => !path.startsWith('transport/ssh/protocol/ssh2/'))
    expect(others.flatMap(({ path, code }) => linesWith(SSH2_INTERNALS, path, code))).toEqual([])
  })

  it(`has no file of more than ${LONGEST} lines, those named here excepted`, () => {
    const long = sources.filter(({ lines }) => lines > LONGEST).map(({ path, lines }) => ({ path, lines }))
    expect(long.filter(({ path }) => !LONG_FILES[path])).toEqual([])
    expect(Object.keys(LONG_FILES).filter(path => !existsSync(`src/${path}`))).toEqual([])
  })

  it(`has no function of more than ${LONGEST_FUNCTION} lines`, () => {
    expect(sources.flatMap(({ path }) => longFunctions(path, readFileSync(`src/${path}`, 'utf8')))).toEqual([])
  })

  it('is drawn in docs/ARCHITECTURE.md as it stands', () => {
    const rows = tableOf(readFileSync('docs/ARCHITECTURE.md', 'utf8'))
    const drawn = rows.flatMap(([floor, rooms = '', , imports = '']) =>
      rooms.split(', ').map(room => ({ floor, room: room.replace(/\/$/, ''), imports })),
    )
    expect(drawn).toEqual(ROOMS.map(inWords))
  })

  it.each(Object.entries(INNER_ROOMS))(
    'draws the rooms of %s in docs/ARCHITECTURE.md as they stand',
    (room, floors) => {
      const drawn = innerTableOf(readFileSync('docs/ARCHITECTURE.md', 'utf8'), room)
      expect(drawn.map(([floor, name]) => [floor, name])).toEqual(
        floors.flatMap((names, floor) => names.map(name => [String(floor), name === '.' ? `${room} itself` : name])),
      )
      expect(drawn.filter(([, , does]) => !does)).toEqual([])
    },
  )
})

describe('docs/ERRORS.md', () => {
  it('explains every error, with its audience and its sentence, in the order of the table', () => {
    const entries = readFileSync('docs/ERRORS.md', 'utf8').matchAll(/^### `(\w+)` · (\w+)\n\n> (.+)\n\n(?=[^#\s>])/gm)
    expect([...entries].map(([, code, audience, sentence]) => ({ code, audience, sentence }))).toEqual(
      Object.entries(ERRORS).map(([code, { audience, sentence }]) => ({ code, audience, sentence })),
    )
  })
})

describe('the reading of the house', () => {
  it('finds every kind of import, and none in a comment', () => {
    const code = [
      `import a from 'a' // import b from 'b'`,
      `import {`,
      `  c,`,
      `} from './c.ts'`,
      `import type { D } from '../d/d.ts'`,
      `export * from './e.ts'`,
      `import 'f'`,
      `  const g = await import('g/deep.js')`,
      `let h: import('@h/h/deep').H`,
      `export const i = 'i'`,
      `/**`,
      ` * import j from 'j'`,
      ` */`,
    ].join('\n')
    expect(importsOf('x/y.ts', withoutComments(code))).toEqual(['a', 'x/c.ts', 'd/d.ts', 'x/e.ts', 'f', 'g', '@h/h'])
  })

  it.each([
    ['editor/editor.ts', 'terminal/keys.ts', true],
    ['editor/editor.ts', 'editor/text.ts', true],
    ['terminal/keys.ts', 'editor/text.ts', false],
    ['transport/telnet/telnet.ts', 'telnet/peer.ts', true],
    ['transport/local/local.ts', 'telnet/peer.ts', false],
    ['transport/telnet/telnet.ts', 'shell/shell.ts', false],
    ['shell/ask/question.ts', 'shell/line/request.ts', true],
    ['shell/line/request.ts', 'shell/ask/question.ts', false],
    ['shell/login/dialogue.ts', 'shell/command/set.ts', false],
    ['shell/shell.ts', 'node:fs', false],
    ['shell/shell.ts', 'ssh2', false],
    ['transport/ssh/protocol/ssh2/package.ts', 'ssh2', true],
    ['transport/ssh/protocol/packets.ts', 'ssh2', false],
    ['transport/ssh/ssh.ts', 'ssh2', false],
    ['serve.ts', 'shell/shell.ts', true],
    ['serve.ts', 'testing/index.ts', false],
    ['cli/main.ts', 'index.ts', true],
  ])('judges %s → %s: %s', (path, target, allowed) => {
    expect(mayImport(path, target)).toBe(allowed)
  })

  it('finds a long function', () => {
    const body = '\n  a()'.repeat(LONGEST_FUNCTION - 1)
    expect(longFunctions('x.ts', `class X {\n  #b(): void {${body}\n  }\n}`)).toEqual(['x.ts:2 #b'])
    expect(longFunctions('x.ts', `class X {\n  #b(): void {${body.slice('\n  a()'.length)}\n  }\n}`)).toEqual([])
  })

  it('finds a circle', () => {
    const tree = { a: ['b', 'c'], b: ['c'] }
    expect(circleIn(new Map(Object.entries(tree)))).toBeUndefined()
    expect(circleIn(new Map(Object.entries({ ...tree, c: ['b'] })))).toEqual(['b', 'c', 'b'])
  })

  it('finds a clock, and none in a comment', () => {
    const code = '// Date.now() is refused\nlet t = new Date()\nlet u = new Date(0)\nsetTimeout(f, 1)'
    expect(linesWith(IMPURE, 'x.ts', withoutComments(code))).toEqual([
      'x.ts:2: let t = new Date()',
      'x.ts:4: setTimeout(f, 1)',
    ])
  })
})

/** Where the functions of a file begin that are too long, and their names. */
function longFunctions(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1
  const found: string[] = []
  const visit = (node: Node): void => {
    const [first, last] = [lineAt(node.getStart()), lineAt(node.getEnd())]
    if (ts.isFunctionLike(node) && last - first >= LONGEST_FUNCTION) {
      found.push(`${path}:${first} ${node.name?.getText() ?? 'without a name'}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function roomOf(path: string): Room | undefined {
  const name = path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '')
  return ROOMS.find(room => room.name === name)
}

function mayImport(path: string, target: string): boolean {
  const from = roomOf(path)
  const to = target.endsWith('.ts') ? roomOf(target) : undefined
  if (from && from === to) return goesDown(path, target)
  return (from && to && allows(from, to)) || hasDoor(path, to?.name ?? target)
}

/** Whether an arrow within one room goes to the same inner room, or to a lower floor, at every depth. */
function goesDown(path: string, target: string): boolean {
  const around = Object.keys(INNER_ROOMS).filter(room => path.startsWith(`${room}/`) && target.startsWith(`${room}/`))
  return around.every(room => {
    const [from, to] = [innerRoomOf(room, path), innerRoomOf(room, target)]
    return from === to || innerFloorOf(room, target) < innerFloorOf(room, path)
  })
}

function innerRoomOf(room: string, path: string): string {
  const [first = '', ...rest] = path.slice(room.length + 1).split('/')
  return rest.length === 0 ? '.' : first
}

/** A room that stands nowhere has floor -1. The room's own files are on top where no floor is theirs. */
function innerFloorOf(room: string, path: string): number {
  const floors = INNER_ROOMS[room] ?? []
  const name = innerRoomOf(room, path)
  const floor = floors.findIndex(names => names.includes(name))
  return floor < 0 && name === '.' ? floors.length : floor
}

function allows(from: Room, to: Room): boolean {
  if (from.imports === 'all') return true
  return from.imports === 'below' ? to.floor < from.floor : from.imports.includes(to.name)
}

function hasDoor(path: string, target: string): boolean {
  const doors = Object.entries(DOORS).filter(([prefix]) => path.startsWith(prefix))
  return doors.some(([, targets]) => targets.includes(target.startsWith('node:') ? 'node:' : target))
}

/** Files as their path below `src/`, packages as their name. Top-level statements begin a line: the formatter sees to it. */
function importsOf(path: string, code: string): string[] {
  const statement = /^(?:import|export) (?:[\w$*, ]*(?:\{[^{}]*\})? ?from )?'([^']+)'/gm
  const expression = /\bimport\(\s*'([^']+)'/g
  return [statement, expression].flatMap(pattern =>
    [...code.matchAll(pattern)].map(([, target = '']) => resolved(path, target)),
  )
}

function resolved(path: string, target: string): string {
  if (target.startsWith('node:')) return target
  if (target.startsWith('.')) return posix.join(posix.dirname(path), target)
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/')
}

function arrowsBetweenRooms(): Map<string, string[]> {
  const arrows = new Map<string, string[]>(ROOMS.map(({ name }) => [name, []]))
  for (const { path, code } of sources) {
    const from = roomOf(path)
    const files = importsOf(path, code).filter(target => target.endsWith('.ts'))
    const rooms = files.map(roomOf).filter(to => to !== undefined && to !== from)
    if (from) arrows.get(from.name)?.push(...rooms.map(to => to?.name ?? ''))
  }
  return arrows
}

function circleIn(arrows: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const finished = new Set<string>()
  const walk = (path: readonly string[]): readonly string[] | undefined => {
    const here = path.at(-1) ?? ''
    const before = path.indexOf(here)
    if (before < path.length - 1) return path.slice(before)
    const circle = finished.has(here) ? undefined : first(arrows.get(here) ?? [], next => walk([...path, next]))
    finished.add(here)
    return circle
  }
  return first([...arrows.keys()], place => walk([place]))
}

function first<In, Out>(list: readonly In[], find: (item: In) => Out | undefined): Out | undefined {
  for (const item of list) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** Lines stay where they are, so that what is found in them has its number. */
function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*(?:\/\*|\*|\/\/).*$/gm, '').replaceAll(/ \/\/ .*$/gm, '')
}

function linesWith(pattern: RegExp, path: string, code: string): string[] {
  const lines = code.split('\n').map((text, index) => ({ text, place: `${path}:${index + 1}` }))
  return lines.filter(({ text }) => pattern.test(text)).map(({ text, place }) => `${place}: ${text.trim()}`)
}

/** The rows of the table of rooms, without backticks. */
function tableOf(markdown: string): string[][] {
  const [, body = ''] =
    /^\| *floor *\| *room *\| *what it does *\| *may import *\|\n\|[-|: ]+\|\n((?:\|.*\n)*)/m.exec(markdown) ?? []
  return cellsOf(body)
}

/** The rows of the table of a room's own rooms: floor, name, what it does. */
function innerTableOf(markdown: string, room: string): string[][] {
  const heading = `### Inside \`${room}\`\n`
  const section = markdown.slice(markdown.indexOf(heading) + heading.length).split(/^#/m, 1)[0] ?? ''
  const [, body = ''] = /^\| *floor *\| *room *\| *what it does *\|\n\|[-|: ]+\|\n((?:\|.*\n)*)/m.exec(section) ?? []
  return cellsOf(body)
}

function cellsOf(body: string): string[][] {
  const rows = body.replaceAll('`', '').split('\n').slice(0, -1)
  return rows.map(row =>
    row
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  )
}

function inWords({ floor, name, imports, says }: Room): { floor: string; room: string; imports: string } {
  const list = typeof imports === 'string' ? imports : imports.join(', ') || 'nothing'
  return { floor: floor === ROOF ? 'roof' : String(floor), room: name, imports: says ?? list }
}
