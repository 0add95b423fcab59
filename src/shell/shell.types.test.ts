import { describe, expect, it } from 'vitest'
import { COMPILERS, complaints } from './usage/compilers.suite.ts'

const PRELUDE = [
  "import { command, commandSet, createShell, fail, Session, shellOf } from 'answerback'",
  "import type { ArgsOf, AuthOptionsFor, Middleware, Shell } from 'answerback'",
  'type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false',
  'declare function same<A, B>(proof: Same<A, B>): void',
]

const VALIDATORS = ["import { z } from 'zod'", "import * as v from 'valibot'", "import { type } from 'arktype'"]

/** What compiles, with the types that handlers get. */
const RIGHT = [
  // users
  `const lobby = createShell({
    auth: {
      password: async (name, pass) => (pass === 'x' ? { name, role: 'admin' as const } : null),
      publicKey: (name, key) => (key.fingerprint === '' ? false : { name, role: 'guest' as const, key: key.fingerprint }),
    },
    state: () => ({ sent: 0 }),
  })`,
  `lobby.command('me', 'Me.', (_, session) => {
    same<typeof session.user, { name: string; role: 'admin' } | { name: string; role: 'guest'; key: string }>(true)
    same<typeof session.state, { sent: number }>(true)
  })`,
  "lobby.onStart(session => { session.user.role satisfies 'admin' | 'guest' }).onEnd((session, reason) => { reason.length })",
  `createShell({ auth: { password: name => ({ login: name }), key: user => user.login } })
    .onStart(session => { same<typeof session.user, { login: string }>(true); same<typeof session.account, string>(true) })`,
  "createShell({ auth: { name: name => name !== '' } }).onStart(session => same<typeof session.user, { readonly name: string }>(true))",
  'createShell().onStart(session => same<typeof session.user, undefined>(true))',
  "createShell({ auth: 'open' }).onStart(session => same<typeof session.user, undefined>(true))",
  'const byHand: Shell<undefined, undefined> = createShell()',
  // others
  "lobby.command('all', 'All.', (_, session) => { for (const other of session.others) same<typeof other, typeof session>(true) })",
  "createShell().command('count', 'Count.', (_, { others }) => others.length).onEnd(session => { for (const { name } of session.others) name.length })",
  'function tell(speaker: Session, text: string) { for (const other of speaker.others) void other.writeMessage(text) }',
  "lobby.onStart(session => tell(session, 'in'))",
  "class Room extends Session { sent = 0; @command('total') total() { return this.others.reduce((total, { sent }) => total + sent, this.sent) } }",
  // sets
  "const admin = commandSet<{ role: string }>({ allow: session => session.user.role === 'admin' }).command('kick <name>', 'Kick.', ({ name }, session) => `${session.user.role} kicks ${name}`)",
  "const common = commandSet().command('date', 'The date.', () => new Date())",
  "lobby.use(admin).use(common).use('admin', admin)",
  'createShell().use(common)',
  // about
  `createShell({ state: () => ({ names: ['a'] }) }).command('go <to> [-n, --count <n:integer>]', {
    summary: 'Go.',
    notes: { to: 'where', count: 'how often' },
    allow: async session => session.state.names.length > 0,
    complete: { to: (typed, session) => session.state.names.filter(name => name.startsWith(typed)), count: ['1', '2'] },
  }, ({ to, count }) => { same<typeof to, string>(true); same<typeof count, number | undefined>(true) })`,
  // middleware
  `const counted = lobby
    .use(async (session, next, { name, words }) => { session.user.role; const answer = await next(); return answer })
    .use<{ requestId: string }>((session, next) => { session.state.requestId = 'x'; return next() })
    .command('id', 'Id.', (_, session) => { same<typeof session.state, { sent: number } & { requestId: string }>(true) })`,
  'createShell().use<{ id: string }>((session, next) => { session.state.id; return next() }).onStart(session => { same<typeof session.state, { id: string }>(true) })',
  'const middleware: Middleware<unknown, unknown> = (_, next) => next()',
  'createShell().use(middleware); lobby.use(middleware)',
  // questions
  `createShell().command('ask', 'Ask.', async (_, session) => {
    const size = await session.select('Size?', ['small', 'large'], { default: 'small' })
    same<typeof size, 'small' | 'large'>(true)
    const number = await session.select('Number?', [{ label: 'One', value: 1 }, { label: 'Two', value: 2 }])
    same<typeof number, 1 | 2>(true)
    const port = await session.readLine('Port: ', { default: '80', validate: async port => /^\\d+$/.test(port) || 'A number.' })
    same<typeof port, string>(true)
    const rows = await session.progress('Reading', async bar => { bar.update(0.5); return [1] })
    same<typeof rows, number[]>(true)
    const found = await session.spinner('Searching', () => 3)
    same<typeof found, number>(true)
    if (!(await session.confirm('Sure?'))) throw fail('Not sure.')
  })`,
  // classes
  `class House extends Session<{ name: string }> {
    static prompt = 'house> '
    static auth = { password: async (name: string, password: string) => (password === 'x' ? { name } : null) }
    @command(['echo', 'copy'], 'Echo.') echo(words: string[]) { return words.join(' ') }
    @command('timer <seconds:number> <message>') timer({ seconds, message }: ArgsOf<'timer <seconds:number> <message>'>) { return \`\${seconds.toFixed()} \${message}\` }
    @command('plain <n:integer>') plain({ n }: { n: number }) { return n }
    @command('all', { hidden: true }) async *all() { yield this.user.name }
    override writeError(text: string) { return super.writeError(text) }
  }`,
  'const house: Shell<{ name: string }, unknown> = shellOf(House)',
]

const VALIDATED = [
  "createShell().command('go <date> [n:integer]', { args: { date: z.coerce.date(), n: z.number().max(3) } }, ({ date, n }) => { same<typeof date, Date>(true); same<typeof n, number | undefined>(true) })",
  "createShell().command('go <date>', { args: { date: v.pipe(v.string(), v.transform(text => new Date(text))) }, complete: { date: word => [word] } }, ({ date }) => { same<typeof date, Date>(true) })",
  "createShell().command('go <date>', { args: { date: type('string.date.parse') } }, ({ date }) => { same<typeof date, Date>(true) })",
]

/** What does not compile, and what the compiler's message holds. */
const WRONG: readonly (readonly [code: string, sentence: string])[] = [
  ["createShell().command('timer <seconds', 'x', ({ seconds }) => seconds)", "<seconds is not closed: '>' is missing"],
  ["commandSet().command('go <n:numbr>', 'x', () => {})", "<n:numbr> has an unknown type 'numbr'"],
  ['createShell().use(commandSet<{ role: string }>())', 'undefined'],
  ['createShell({ auth: { password: name => ({ id: 1 }), key: (user: { id: number }) => user.id } })', "'string'"],
  [
    'class Hall extends Session<{ id: string }> { static auth: AuthOptionsFor<{ id: string }> = { key: user => user.login } }',
    "Property 'login' does not exist",
  ],
  [
    'createShell({ auth: { name: name => ({ name }) } }).use(commandSet<{ role: string }>())',
    "Property 'role' is missing in type '{ name: string; }'",
  ],
  [
    "createShell({ auth: { name: name => ({ name }) } }).use('admin', commandSet<{ role: string }>())",
    "Property 'role' is missing in type '{ name: string; }'",
  ],
  [
    'createShell({ state: () => ({ a: 1 }) }).use(commandSet<unknown, { b: string }>())',
    "Property 'b' is missing in type '{ a: number; }'",
  ],
  ["createShell().command('a', { hiden: true }, () => {})", 'hiden'],
  ["createShell().command('a <b>', { complete: { c: [] } }, () => {})", "'c' does not exist"],
  ["createShell().command('a <b>', { notes: { c: '' } }, () => {})", "'c' does not exist"],
  ["createShell().command('a', { allow: () => 'yes' }, () => {})", "'string' is not assignable to type 'boolean"],
  ["createShell().command('a', 'x', (_, session) => session.user.name)", 'undefined'],
  ["createShell().command('a', 'x', () => () => {})", 'not assignable'],
  ["createShell({ promt: '' })", 'promt'],
  [
    "class A extends Session { @command('t <n:number>') t({ n }: { n: string }) { return n } }",
    "Type 'number' is not assignable to type 'string'",
  ],
  ["class B extends Session { @command('t <n') t() {} }", "<n is not closed: '>' is missing"],
  ["class C extends Session { @command('t') static t() {} }", 'error'],
  [
    'class D extends Session<{ role: string }> { static auth = { name: (name: string) => ({ name }) } }; shellOf(D)',
    "The types returned by 'name(...)' are incompatible",
  ],
]

describe.each(COMPILERS)('%s', compiler => {
  it('knows users, states, arguments, answers and classes', { timeout: 120_000 }, () => {
    expect(complaints(compiler, [...PRELUDE, ...RIGHT], 'shell-right')).toEqual([])
  })

  it('makes one error of one mistake, that says what is wrong', { timeout: 120_000 }, () => {
    const errors = complaints(compiler, [...PRELUDE, ...WRONG.map(([code]) => code)], 'shell-wrong')
    const byLine = WRONG.map((_, i) => errors.filter(error => error.includes(`(${PRELUDE.length + i + 1},`)))
    expect(byLine.map(each => each.length)).toEqual(WRONG.map(() => 1))
    for (const [i, [, sentence]] of WRONG.entries()) expect(byLine[i]?.[0]).toContain(sentence)
  })
})

describe('validators', () => {
  it('of zod, valibot and arktype give the handler what they make', { timeout: 120_000 }, () => {
    expect(complaints('typescript', [...PRELUDE, ...VALIDATORS, ...VALIDATED], 'shell-validators')).toEqual([])
  })
})
