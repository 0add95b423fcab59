import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'

/** The benches are JavaScript: what is used of them here has its types here. */
interface Bench {
  readonly tables: { withTables: (text: string, runs: readonly Run[]) => string }
  readonly results: { keptRuns: () => Run[]; textOf: (run: Run) => string }
  readonly budget: { FIGURES: Readonly<Record<string, Readonly<Record<string, Figure>>>> }
  readonly 'call-list': {
    listOf: (functions: readonly Called[], calls: readonly Call[], placeOf: (fn: Called) => string) => string
  }
  readonly rows: { ROWS: Readonly<Record<string, { readonly servers: readonly string[] }>> }
  readonly judge: { judged: (key: string, figure: Figure, rounds: Rounds, node?: number) => Judged | undefined }
  readonly dialogue: { MESSAGE: string; MESSAGE_BYTES: string; PROMPT: string; TYPED: string }
  readonly ours: Startable
  readonly 'bare-packets': Startable
  readonly client: { Client: new (port: number) => BenchClient }
}

interface Called {
  readonly file: string
  readonly name: string
  readonly count: number
}

interface Call {
  readonly fn: number
  readonly depth: number
}

type Rounds = Readonly<Record<string, readonly Readonly<Record<string, number | Time>>[]>>
type Time = { readonly all: number; readonly main: number }

interface Run {
  readonly begun: string
  readonly node: string
  readonly commit: string
  readonly machine: {
    readonly processor: string
    readonly cores: number
    readonly load: number
    readonly pinned: boolean
  }
  readonly rows: Readonly<Record<string, Rounds>>
}

interface Figure {
  readonly name: string
  readonly against?: string
  readonly of?: string
  readonly judge?: 'ratio' | 'difference' | 'value'
  readonly must?: number | undefined
  readonly superb?: number | undefined
  readonly atLeast?: boolean
  readonly judgedOn?: number
}

interface Judged {
  readonly ours: Partial<Time>
  readonly outcome: { readonly median: number; readonly least: number; readonly greatest: number }
  readonly verdict: string
}

interface Startable {
  start(options: object): Promise<Started>
}

interface Started {
  readonly port: number
  close(): unknown
  say(text: string): void
}

interface BenchClient {
  hear: (text: string) => void
  watch: (bytes: Buffer) => void
  readonly socket: Socket
  exchange(text: string, length: number): Promise<void>
}

const DOCUMENT = 'docs/PERFORMANCE.md'
const { withTables } = await load('tables')
const { keptRuns, textOf } = await load('results')
const { FIGURES } = await load('budget')
const { judged } = await load('judge')

const RUN: Run = {
  begun: '2026-12-01T10:00:00Z',
  node: 'v20.20.2',
  commit: '1234567',
  machine: { processor: 'Z80', cores: 1, load: 0, pinned: false },
  rows: {},
}

describe('the tables of figures', () => {
  it('are what the kept runs say: "npm run bench:tables" makes them', () => {
    const document = readFileSync(DOCUMENT, 'utf8')
    expect(document).toBe(withTables(document, keptRuns()))
  })

  it('lose what somebody writes into them by hand', () => {
    const document = readFileSync(DOCUMENT, 'utf8')
    const forged = document.replace('<!-- bench:counts -->\n', '$&| count-keys | 1 |\n')
    expect(forged).not.toBe(document)
    expect(withTables(forged, keptRuns())).toBe(document)
  })

  it('take each row from the newest run that has it', () => {
    const run = (begun: string, functions: number): Run => ({
      ...RUN,
      begun,
      rows: { 'count-keys': { ours: [{ functions, bytes: 1 }], bare: [{ functions: 9, bytes: 1 }] } },
    })
    const made = withTables(readFileSync(DOCUMENT, 'utf8'), [run('2026-12-02T', 7777), run('2026-12-01T', 8888)])
    expect(made).toContain('7777')
    expect(made).not.toContain('8888')
  })
})

describe('a kept run', () => {
  it('is read as it was written, but for digits that mean nothing', () => {
    const rows = { keys: { ours: [{ first: { all: 1.23456789, main: 1 } }] } }
    const run = { ...RUN, rows }
    expect(JSON.parse(textOf(run))).toEqual({
      schema: 1,
      ...run,
      rows: { keys: { ours: [{ first: { all: 1.23457, main: 1 } }] } },
    })
  })
})

describe('the verdict on a figure', () => {
  const bounds = { name: '', must: 3, superb: 2 }
  const rounds = { ours: [{ a: 30 }, { a: 20 }, { a: 50 }], bare: [{ a: 10 }, { a: 10 }, { a: 10 }] }

  it.each<[string, Partial<Figure>, number, string]>([
    ['the ratio of each round', {}, 3, 'must'],
    ['the difference of each round', { judge: 'difference' }, 20, 'missed'],
    ['the value', { judge: 'value', must: 30, superb: 30 }, 30, 'superb'],
    ['the value, where more is better', { judge: 'value', must: 31, superb: 40, atLeast: true }, 30, 'missed'],
    ['nothing, where the budget has no bounds', { must: undefined, superb: undefined }, 3, ''],
  ])('is of %s', (_, figure, median, verdict) => {
    expect(judged('a', { ...bounds, ...figure }, rounds)).toMatchObject({ outcome: { median }, verdict })
  })

  it('is of all threads, and tells the main one beside it', () => {
    const time = (all: number) => ({ a: { all, main: all / 2 } })
    expect(judged('a', bounds, { ours: [time(40)], bare: [time(10)] })).toMatchObject({
      ours: { all: 40, main: 20 },
      outcome: { median: 4 },
      verdict: 'missed',
    })
  })

  it('is of a value where no bare server was measured, and of nothing else', () => {
    const { ours } = rounds
    expect(judged('a', { ...bounds, judge: 'value' }, { ours })).toMatchObject({ outcome: { median: 30 } })
    expect(judged('a', bounds, { ours })).toBeUndefined()
  })

  it('is given on its Node alone, where the budget names one', () => {
    const figure = { ...bounds, judgedOn: 20 }
    expect(judged('a', figure, rounds, 20)?.verdict).toBe('must')
    expect(judged('a', figure, rounds, 24)?.verdict).toBe('')
  })

  it('is against the server that the figure names, over SSH too', () => {
    const ssh = { 'ours-ssh': [{ a: 8 }], 'bare-ssh': [{ a: 1 }], 'ready-ssh': [{ a: 4 }] }
    expect(judged('a', { ...bounds, against: 'ready' }, ssh)?.outcome.median).toBe(2)
  })
})

describe('the list of the calls of a walk', () => {
  const functions: readonly Called[] = [
    { file: 'b.js', name: 'seen', count: 2 },
    { file: 'a.js', name: 'never seen', count: 1 },
    { file: 'a.js', name: '', count: 1 },
  ]
  const calls: readonly Call[] = [
    { fn: 2, depth: 0 },
    { fn: 0, depth: 1 },
    { fn: 0, depth: 1 },
  ]

  it('has each below its caller, and then the counts, by file', async () => {
    const { listOf } = await load('call-list')
    expect(listOf(functions, calls, ({ file }) => `in ${file}`).split('\n')).toEqual([
      '(anonymous)  in a.js',
      '  seen  in b.js',
      '  seen  in b.js',
      '',
      '   2  a.js',
      '   1  (anonymous)  in a.js',
      '   1  never seen  in a.js',
      '',
      '   2  b.js',
      '   2  seen  in b.js',
    ])
  })
})

describe('the rows', () => {
  it('are those of the budget', async () => {
    const { ROWS } = await load('rows')
    expect(Object.keys(ROWS).sort()).toEqual(Object.keys(FIGURES).sort())
  })
})

describe('the bare server', () => {
  it('sends the bytes that ours sends to a terminal that connects', async () => {
    expect(await heard('bare-packets')).toBe(await heard('ours'))
  })

  it('sends the bytes of a message that ours sends to a half-typed line', async () => {
    const { MESSAGE, MESSAGE_BYTES, TYPED } = await load('dialogue')
    const opening = await heard('ours')
    const all = await heard('ours', async ({ client, server }) => {
      await client.exchange(TYPED, TYPED.length)
      const came = client.exchange('', MESSAGE_BYTES.length)
      server.say(MESSAGE)
      await came
    })
    expect(all).toBe(`${opening}${TYPED}${MESSAGE_BYTES}`)
  })
})

/**
 * All that a client hears, in Latin-1, until it has been asked for everything, and until `deed` is
 * done.
 */
async function heard(
  name: 'ours' | 'bare-packets',
  deed: (parts: { client: BenchClient; server: Started }) => Promise<void> = async () => {},
): Promise<string> {
  const { Client } = await load('client')
  const server = await (await load(name)).start({})
  const client = new Client(server.port)
  let text = ''
  client.watch = bytes => (text += bytes.toString('latin1'))
  await new Promise<void>(resolve => {
    // Marking of pastes is the last thing that is asked for.
    client.hear = shown => shown.endsWith('\x1b[?2004h') && resolve()
  })
  await deed({ client, server })
  client.socket.destroy()
  await server.close()
  return text
}

function load<Name extends keyof Bench>(name: Name): Promise<Bench[Name]> {
  return import(new URL(`../bench/${name}.mjs`, import.meta.url).href) as Promise<Bench[Name]>
}
