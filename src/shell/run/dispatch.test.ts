import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fail } from '../../core/options/failure.ts'
import { safe } from '../../core/text/safe-text.ts'
import type { SafeText } from '../../core/text/safe-text.ts'
import { connect } from '../../testing/index.ts'
import { createShell } from '../shell.ts'
import type { Shell } from '../shell.ts'

const shell = () =>
  createShell()
    .command(
      'timer|wait <seconds:number> [-q, --quiet] <message>',
      { summary: 'Send a message.', help: 'Sends <message> after a delay.', notes: { quiet: 'no bell' } },
      args => args,
    )
    .command('echo|copy <text...>', 'Echo text.', ({ text }) => text.join(' '))
    .command('user add <name> [role:admin|guest]', 'Add a user.', args => args)
    .command('user remove <name>', 'Remove a user.', ({ name }) => `removed ${name}`)
    .command('ps', 'Show what runs.', () => [{ pid: 7, name: 'a' }, { pid: 12, name: 'b' }]) // prettier-ignore

/** Returns the rows with which a shell answers a line. */
async function answer(line: string, of: Shell<any, any> = shell()): Promise<string[]> {
  const { rows } = await connect(of, { terminal: { columns: 100, rows: 60 } })
    .enter(line)
    .screen()
  return rows.slice(1, -1)
}

describe('help', () => {
  it('S7.1, S20: lists every visible command in one row, its other names behind it, in columns', async () => {
    expect(await answer('help')).toEqual([
      'echo <text...>                          - Echo text.        (copy)',
      'exit [status]                           - Leave the shell.  (quit, bye, logout)',
      'help [command...]                       - Display help.     (?)',
      'history                                 - Show earlier inputs.',
      'ps                                      - Show what runs.',
      'timer <seconds> [-q, --quiet] <message> - Send a message.   (wait)',
      'user add <name> [admin|guest]           - Add a user.',
      'user remove <name>                      - Remove a user.',
    ])
  })

  const TIMER = [
    'timer <seconds> [-q, --quiet] <message>',
    '',
    'Sends <message> after a delay.',
    '',
    '  <seconds>    a number',
    '  -q, --quiet  no bell',
    '',
    'Also: wait',
  ]

  it.each(['help timer', '? WAIT', 'timer --help', 'Wait --help'])(
    'S7.2, S7.3, S4.5: of a command is one text: %s',
    async line => {
      expect(await answer(line)).toEqual(TIMER)
    },
  )

  it.each(['help user', 'user --help', 'USER --help'])('of a group is its commands: %s', async line => {
    expect(await answer(line)).toEqual([
      'user add <name> [admin|guest] - Add a user.',
      'user remove <name>            - Remove a user.',
    ])
  })

  it('S7.4: says that a name is not known, and which was meant', async () => {
    expect(await answer('help XYZZY')).toEqual(["Unknown command 'XYZZY'. Type 'help' for a list of commands."])
    expect(await answer('help tiemr')).toEqual(["Unknown command 'tiemr'. Did you mean 'timer'?"])
    expect(await answer('help ps nonsense')).toEqual(["Unknown command 'ps nonsense'. Did you mean 'ps'?"])
    expect(await answer('help user ad')).toEqual(["Unknown command 'user ad'. Did you mean 'user add'?"])
    expect(await answer('help user add nonsense')).toEqual([
      "Unknown command 'user add nonsense'. Did you mean 'user add'?",
    ])
  })

  it('leaves --help to a command that declares it, or that it is a word of', async () => {
    const own = createShell().command('go [--help]', '', ({ help }) => `own ${help}`)
    expect(await answer('go --help', own)).toEqual(['own true'])
    expect(await answer('echo a --help')).toEqual(['a --help'])
  })

  it('S7: takes the three parts of a command as one text', async () => {
    const old = createShell().command('go [x...]', { help: '<where>\nGoes there.\nIt may\n  take long.' }, () => {})
    expect(await answer('help go', old)).toEqual(['go <where>', '', 'It may', '  take long.'])
  })

  it('S20: each built-in can be replaced and removed, by any of its names', async () => {
    const own = createShell()
      .command('help', 'Mine.', () => 'my help')
      .remove('logout')
    expect(await answer('help', own)).toEqual(['my help'])
    expect(await answer('? help', own)).toEqual(['help', '', 'Mine.'])
    expect(await answer('logout', own)).toEqual(["Unknown command 'logout'. Type 'help' for a list of commands."])
  })

  it('S20: a built-in keeps its place beside sub-commands of its name', async () => {
    const own = createShell().command('history clear', '', (_, session) => void (session.history.length = 0))
    expect(await answer('history', own)).toEqual(['    1  history'])
    expect(await answer('history clear', own)).toEqual([])
  })
})

describe('an unknown name', () => {
  it.each([
    ['xyzzy', ["Unknown command 'xyzzy'. Type 'help' for a list of commands."]],
    ['tmier 5 x', ["Unknown command 'tmier'. Did you mean 'timer'?"]],
    ['user ad ann', ["Unknown command 'user ad'. Did you mean 'user add'?"]],
    ['usre', ["Unknown command 'usre'. Did you mean 'user'?"]],
    ['user --xyzqv', ["Unknown command 'user --xyzqv'. Type 'help user' for a list of commands."]],
    [
      'user',
      [
        "'user' needs another word:",
        'user add <name> [admin|guest] - Add a user.',
        'user remove <name>            - Remove a user.',
      ],
    ],
  ])('%s', async (line, rows) => {
    expect(await answer(line)).toEqual(rows)
  })

  it('is looked for as far as names go, however many words follow', () => {
    const { errors } = connect(shell(), { terminal: false }).enter(`user ad ${'ad '.repeat(20_000)}`).connection
    expect(errors).toBe("Unknown command 'user ad'. Did you mean 'user add'?\n")
  })

  it('S22: goes to onUnknown, where there is one', async () => {
    const own = shell().onUnknown((_, { words, name }) => `what is ${words[0]}${name}?`)
    expect(await answer('xyzzy 1', own)).toEqual(['what is xyzzy?'])
    const user = connect(own, { terminal: false, exec: 'xyzzy' })
    await user.ended
    expect(user.connection.ended?.status).toBe(127)
  })

  it('cannot make the terminal obey', () => {
    const { errors } = connect(shell(), { terminal: false }).enter('\x1b[2J').connection
    expect(errors).toBe("Unknown command '\\x1b[2J'. Type 'help' for a list of commands.\n")
  })
})

describe('wrong words', () => {
  it.each([
    ['timer', ['Needs <seconds> and <message>.', 'Usage: timer <seconds> [-q, --quiet] <message>']],
    ['wait x y', ['wait x y', "Seconds must be a number, not 'x'.", 'Usage: timer <seconds> [-q, --quiet] <message>']],
    [
      'user add ann gust',
      [
        'user add ann gust',
        "Role must be admin or guest, not 'gust'. Did you mean 'guest'?",
        'Usage: user add <name> [admin|guest]',
      ],
    ],
    ['ps -x', ['ps -x', "One word too many: '-x'.", 'Usage: ps']],
    [
      'timer --qiet 1 x',
      [
        'timer --qiet 1 x',
        "Unknown flag '--qiet'. Did you mean '--quiet'?",
        'Usage: timer <seconds> [-q, --quiet] <message>',
      ],
    ],
  ])('%s', async (line, rows) => {
    expect(await answer(line)).toEqual(rows)
  })

  it('are shown underlined where the terminal can, and quoted words with their quotes', () => {
    expect(connect(shell()).enter("timer  'a b' x").output).toContain("\ntimer  \x1b[4m'a b'\x1b[24m x\n")
    expect(connect(shell(), { terminal: { type: 'dumb' } }).enter('timer a x').output).not.toContain('\x1b')
    expect(connect(shell(), { terminal: false }).enter('timer a x').connection.errors).toBe(
      "Seconds must be a number, not 'a'.\nUsage: timer <seconds> [-q, --quiet] <message>\n",
    )
  })

  it("carry a validator's message, at the word it is about", async () => {
    const own = createShell().command(
      'port <name> <port:integer>',
      { args: { port: z.number().max(65535, 'no such port') } },
      ({ port }) => port,
    )
    expect(connect(own).enter('port x 70000').output).toContain('port x \x1b[4m70000\x1b[24m\nPort: no such port.\n')
    expect(await answer('port x 80', own)).toEqual(['80'])
  })

  it('end with status 2, unknown names with 127, a failure with its own', async () => {
    const own = shell().command('bad', '', () => {
      throw fail('Not so.', { status: 7 })
    })
    for (const [exec, status] of [
      ['timer', 2],
      ['nope', 127],
      ['bad', 7],
      ['ps', 0],
      ['user', 127],
    ] as const) {
      // prettier-ignore
      const user = connect(own, { terminal: false, exec })
      await user.ended
      expect([exec, user.connection.ended?.status]).toEqual([exec, status])
    }
  })

  it('are found among 10,000', async () => {
    const words = Array.from({ length: 10_000 }, (_, i) => `w${i}`).join(' ')
    expect((await answer(`ps ${words}`)).at(-2)).toBe("10000 words too many, from 'w0' on.")
    expect(connect(shell(), { terminal: false }).enter(`echo ${words}`).output).toBe(`${words}\n`)
  })
})

describe('an answer', () => {
  it('that is a value is a table for people, JSON on a pipe and with --json', async () => {
    expect(await answer('ps')).toEqual(['pid  name', '---  ----', '  7  a', ' 12  b'])
    expect(await answer('ps --json')).toEqual(['[{"pid":7,"name":"a"},{"pid":12,"name":"b"}]'])
    expect(connect(shell(), { terminal: false }).enter('ps').output).toBe(
      '[{"pid":7,"name":"a"},{"pid":12,"name":"b"}]\n',
    )
  })

  it.each<[string, () => string | SafeText | Promise<string> | unknown[]]>([
    ['at once', () => ''],
    ['later', async () => ''],
    ['safe', () => safe``],
  ])('that is empty text writes nothing: %s', async (_, empty) => {
    const own = createShell()
      .command('go', '', empty)
      .onUnknown(() => '')
    expect(await answer('go', own)).toEqual([])
    expect(await answer('nope', own)).toEqual([])
    expect(await answer('go --json', own)).toEqual(['""'])
    const user = connect(own, { terminal: false, exec: 'go' })
    await user.ended
    expect([user.output, user.connection.ended?.status]).toEqual(['', 0])
  })

  it('that is text is a JSON string with --json, and a stream a line for each piece', async () => {
    const own = createShell()
      .command('text', '', () => 'a\n"b"')
      .command('stream', '', function* () {
        yield 'one\n'
        yield 'two\n'
      })
    expect(await answer('text --json', own)).toEqual(['"a\\n\\"b\\""'])
    expect(await answer('stream --json', own)).toEqual(['"one\\n"', '"two\\n"'])
    expect(await answer('stream', own)).toEqual(['one', 'two'])
  })

  it.each<[string, unknown]>([
    ['an object', { a: 1 }],
    ['bytes: a character may be cut in two there', new TextEncoder().encode('é').subarray(0, 1)],
    ['nothing', undefined],
  ])('is a fault of its program where a stream gives what is no text: %s', async (_, piece) => {
    const over: string[] = []
    const own = createShell().command('go', '', async function* (): AsyncGenerator<any> {
      try {
        yield 'first\n'
        yield piece
      } finally {
        over.push('finally')
      }
    })
    const user = connect(own, { terminal: false, exec: 'go' })
    await user.ended
    expect(user.output).toBe('first\nSomething went wrong. It has been noted.\n')
    expect(user.connection.ended).toMatchObject({ status: 1 })
    expect(over).toEqual(['finally'])
  })

  it('is shown where a stream gives numbers', async () => {
    const own = createShell().command('go', '', async function* (): AsyncGenerator<any> {
      yield 1
      yield '\n'
    })
    expect(await answer('go', own)).toEqual(['1'])
  })

  it('has --json for itself where it declares it, or takes any words', async () => {
    const own = createShell()
      .command('own [--json]', '', ({ json }) => (json ? 'own JSON' : 'text'))
      .command('flags [-v] [words...]', '', ({ words }) => words)
    expect(await answer('own --json', own)).toEqual(['own JSON'])
    expect(await answer('flags a --json', own)).toEqual(['["a"]'])
    expect(await answer('echo a --json')).toEqual(['a --json'])
  })

  it('is harmless: cyclic, huge, a BigInt, with control and escape sequences', async () => {
    const cyclic: Record<string, unknown> = { name: 'a\x1b[2J\x07' }
    cyclic['self'] = cyclic
    const own = createShell()
      .command('cyclic', '', () => cyclic)
      .command('big', '', () => ({ n: 2n ** 70n }))
      .command('huge', '', () => Array.from({ length: 100_000 }, (_, i) => i))
    expect(await answer('cyclic', own)).toEqual([
      'name  a\\x1b[2J\\x07',
      'self  name: a\\x1b[2J\\x07, self: [circular]',
    ])
    expect(await answer('cyclic --json', own)).toEqual(['{"name":"a\\u001b[2J\\u0007","self":"[circular]"}'])
    expect(await answer('big --json', own)).toEqual(['{"n":"1180591620717411303424"}'])
    expect((await answer('huge', own)).at(-1)).toBe('… and 99000 more')
  })

  it('that is a generator which throws in the middle shows what came, and the error', async () => {
    const own = createShell().command('half', '', function* () {
      yield 'one\n'
      throw fail('No more.')
    })
    expect(await answer('half', own)).toEqual(['one', 'No more.'])
  })

  it.each(['disconnect', 'interrupt'] as const)(
    'that is a generator whose user is gone (%s) runs its finally',
    async gone => {
      let closed = 0
      const own = createShell().command('on', '', async function* () {
        try {
          yield 'one'
          user.connection.stall()
          for (;;) yield 'more'
        } finally {
          closed++
        }
      })
      const user = connect(own).enter('on')
      await user.settled()
      user[gone]()
      user.connection.flow()
      await user.settled()
      expect(closed).toBe(1)
    },
  )
})

describe('numbers', () => {
  const own = () =>
    createShell()
      .command('n <n:number>', '', ({ n }) => JSON.stringify(n))
      .command('i <i:integer>', '', ({ i }) => i)

  it.each([
    ['n 1e999', "N is too large: '1e999'."],
    ['n 0x10', "N must be a number, not '0x10'."],
    ['n NaN', "N must be a number, not 'NaN'."],
    ['n Infinity', "N must be a number, not 'Infinity'."],
    ['n ""', "N must be a number, not ''."],
    ['n -0', '0'],
    ['n 123456789012345678901234567890', '1.2345678901234568e+29'],
    ['i 123456789012345678901234567890', "I is too large: '123456789012345678901234567890'."],
    ['i 1.5', "I must be a whole number, not '1.5'."],
  ])('%s', async (line, said) => {
    expect((await answer(line, own())).filter(row => row !== line && !row.startsWith('Usage'))).toEqual([said])
  })
})

describe('flags', () => {
  const own = () =>
    createShell().command('go [-f, --force] [-n, --count <n:integer>] [--tag <t>...] [where]', '', args =>
      JSON.stringify(args),
    )

  it.each([
    ['go -n 1 -n 2', "'-n' is given twice."],
    ['go --xyzqv', "Unknown flag '--xyzqv'."],
    ['go -n', "'-n' needs <n>."],
    ['go --count -f', "'--count' needs <n>."],
    ['go --force=1', "'--force' takes no value."],
    ['go -- --force', '{"force":false,"tag":[],"where":"--force"}'],
    ['go -fn5 --tag a --tag=b x', '{"force":true,"tag":["a","b"],"count":5,"where":"x"}'],
  ])('%s', async (line, said) => {
    expect((await answer(line, own())).filter(row => row !== line && !row.startsWith('Usage'))).toEqual([said])
  })

  it('a choice in the wrong case is that choice', async () => {
    expect(await answer('user add ann ADMIN --json')).toEqual(['{"name":"ann","role":"admin"}'])
  })
})

describe('a validator', () => {
  const validating = (validate: () => any) =>
    createShell().command(
      'go <x>',
      { args: { x: { '~standard': { version: 1, vendor: 'test', validate } } } },
      ({ x }) => `got ${String(x)}`,
    )

  it.each([
    ['throws', () => { throw new Error('broken') }], // prettier-ignore
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('that %s is our mistake, not the user’s', async (_, validate) => {
    expect(await answer('go 1', validating(validate))).toEqual(['Something went wrong. It has been noted.'])
  })

  it('that never ends is ended by Ctrl-C', async () => {
    const user = connect(validating(() => new Promise(() => {})))
      .enter('go 1')
      .press('C-c', 'C-c')
    expect((await user.screen()).rows).toEqual(['> go 1', '^C', '^C', '> '])
  })

  it('may take its time', async () => {
    expect(
      await answer(
        'go 1',
        validating(async () => ({ value: 'later' })),
      ),
    ).toEqual(['got later'])
  })
})

describe('whatever is typed', () => {
  const word = fc.oneof(
    fc.constantFrom('timer', 'wait', 'echo', 'user', 'add', 'remove', 'ps', 'help', '?', 'history', '--help', '--json', '--', '-q', '-qq', '--quiet=1', '5', '-5', '1e9', '""', 'admin'), // prettier-ignore
    fc.string({ unit: 'grapheme', maxLength: 8 }).map(text => text.replaceAll(/["'\\\p{C}\s]/gu, '')),
  )

  it('is answered by one prompt, and nothing is reported as our mistake', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), words => {
        const user = connect(shell(), { terminal: { columns: 30 } }).enter(words.join(' '))
        const { output } = user
        expect(output.endsWith('> ')).toBe(true)
        expect(output).not.toContain('Something went wrong')
        expect(user.enter('echo still there').output.slice(output.length)).toContain('still there\n')
      }),
    )
  })
})
