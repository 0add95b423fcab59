import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { transformWithEsbuild } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ScreenJudge } from '../src/testing/screen.ts'

const LONGEST = 50
const files = readdirSync('examples').filter(name => name.endsWith('.ts'))
const said = vi.spyOn(console, 'log').mockImplementation(() => {})
const callers: Caller[] = []
const closers: (() => unknown)[] = []

beforeAll(() => vi.stubEnv('PORT', '0'))
afterEach(() => {
  for (const caller of callers.splice(0)) caller.hangUp()
})
afterAll(async () => {
  await Promise.all(closers.map(close => close()))
  vi.unstubAllEnvs()
  said.mockRestore()
})

describe('an example', () => {
  it.each(files)(`%s has at most ${LONGEST} lines`, name => {
    expect(readFileSync(`examples/${name}`, 'utf8').split('\n').length - 1).toBeLessThanOrEqual(LONGEST)
  })

  it.each(files.filter(name => readFileSync(`examples/${name}`, 'utf8').includes("'answerback/ssh'")))(
    '%s prints a command that connects to it: ssh wants -p before a port',
    name => {
      expect(readFileSync(`examples/${name}`, 'utf8')).toMatch(/console\.log\(`ssh -p \$\{port\} \w+@\$\{host\}`\)/)
    },
  )
})

describe('the course', () => {
  it('names every example once, in order', () => {
    const course = readFileSync('examples/README.md', 'utf8')
    expect([...course.matchAll(/^\| \[([^\]]+)\]\(\1\)/gm)].map(([, name]) => name)).toEqual(files)
  })
})

describe('a user sees of', () => {
  it('01-short (S21): echo, a message that comes later, help', async () => {
    const { server } = await import('../examples/01-short.ts')
    const [port] = portsOf(server)
    expect(said).toHaveBeenCalledWith(`telnet://127.0.0.1:${port}`)
    const user = await call(port)
    await user.sees('Welcome to my server.', 'lobby>')
    user.enters('copy 1  "2    3"')
    await user.sees('lobby> copy 1  "2    3"', '1 2    3', 'lobby>')
    user.enters('timer 0.01 "hello world!"')
    await user.sees('Waiting 0.01 seconds...', 'hello world!', 'lobby>')
    user.enters('help timer')
    await user.sees('  timer 5 "hello world!"', '', /^ +<seconds> +a number$/, 'lobby>')
  })

  it('02-authentication: a refusal, a login, who one is', async () => {
    const { server } = await import('../examples/02-authentication.ts')
    const user = await call(portsOf(server)[0])
    await user.sees('Private. Try john (concord) or eric (parrot).', 'Username:')
    await user.answers('Username:', 'john')
    await user.answers('Password:', 'parrot')
    await user.sees('Username: john', 'Password:', /incorrect/, 'Username:')
    await user.answers('Username:', 'john')
    await user.answers('Password:', 'concord')
    await user.sees('Password:', 'Hello john, you are admin.', 'john>')
    user.enters('whoami')
    await user.sees(/name +john/, /role +admin/, 'john>')
  })

  it('03-chat: messages that leave alone what is being typed', async () => {
    const { server } = await import('../examples/03-chat.ts')
    const [port] = portsOf(server)
    const ann = await call(port)
    await ann.answers('Your nickname:', 'ann')
    await ann.sees(/^Here: ann\./, 'say:')
    ann.types("I'm ty")
    await ann.sees("say: I'm ty")
    const bob = await call(port)
    await bob.answers('Your nickname:', 'bob')
    await bob.sees(/^Here: ann, bob\./, 'say:')
    await ann.sees('bob comes in.', "say: I'm ty")
    ann.enters('ping')
    await bob.sees("ann: I'm typing", 'say:')
    bob.enters('tell ann hi')
    await ann.sees("say: I'm typing", 'bob, to you: hi', 'say:')
    bob.enters('tell eve hi')
    await bob.sees('eve is not here.', 'say:')
    bob.hangUp()
    await ann.sees('bob leaves.', 'say:')
  })

  it('04-questions: a line, a choice, two secrets, yes or no', async () => {
    const { server } = await import('../examples/04-questions.ts')
    const user = await call(portsOf(server)[0])
    user.enters('register')
    await user.answers('Name:', 'root')
    await user.sees('root is taken.', 'Name:')
    await user.answers('Name:', 'zoe')
    await user.answers('Which plan? [1-2]', '2')
    await user.answers('Password:', 'secret')
    await user.sees('It needs eight characters.', 'Password:')
    await user.answers('Password:', 'long enough')
    await user.answers('Once more:', 'long enough')
    await user.answers('Register zoe? [Y/n]', '')
    await user.sees('Register zoe? [Y/n]', /^name +zoe$/, /^plan +yearly$/, /^password +\*{11}$/, 'desk>')
    user.enters('register')
    await user.sees('desk> register', 'Name:')
    user.types('\x03')
    await user.sees(/^Name: /, 'desk>')
  })

  it('05-own-server: a socket that somebody else accepted', async () => {
    const { acceptor, server } = await import('../examples/05-own-server.ts')
    closers.push(() => (server.close(), acceptor.close()))
    const address = server.address()
    const user = await call(typeof address === 'object' ? address?.port : undefined)
    user.enters('peer')
    await user.sees(/^address +127\.0\.0\.1$/, /^secure +false$/, 'mine>')
    user.enters('users')
    await user.sees('1 connected.', 'mine>')
  })

  it('06-streams: pieces as they come, until Ctrl-C', async () => {
    const { server } = await import('../examples/06-streams.ts')
    const [port] = portsOf(server)
    const user = await call(port)
    user.enters('count 3')
    await user.sees('stream> count 3', '1', '2', '3', 'stream>')
    user.enters('copy 2')
    await user.sees('Copying...', 'Copying: 50 %', 'Copying: 100 %', '2 files.', 'stream>')
    user.enters('watch 0.01')
    await user.sees(/^\d+ MiB$/, /^\d+ MiB$/)
    const other = await call(port)
    other.enters('watching')
    await other.sees('1 watching.', 'stream>')
    user.types('\x03')
    await user.sees(/MiB$/, '^C', 'stream>')
    other.enters('watching')
    await other.sees('0 watching.', 'stream>')
    user.enters('count')
    await user.sees(/^\d{4,}$/)
    user.types('\x03')
    await user.sees('^C', 'stream>')
  })

  it('07-history (S8): a password that is not found again', async () => {
    const { server } = await import('../examples/07-history.ts')
    const user = await call(portsOf(server)[0])
    user.enters('passwd hunter2')
    await user.answers('Retype New Password:', 'hunter2')
    await user.sees('Pretending to set the new password.', 'history>')
    user.types('\x1b[A')
    await user.sees('history> passwd')
    user.types('\x15history pass\r')
    await user.sees('history> history pass', 'passwd', 'history pass', 'history>')
    user.enters('bye')
    await user.sees(/Unknown command/, 'history>')
  })

  it('08-sets (S22): the same commands in two shells, more of them for one', async () => {
    const { server, staffServer } = await import('../examples/08-sets.ts')
    const [hallPort] = portsOf(server)
    const [officePort] = portsOf(staffServer)
    const reader = await call(hallPort)
    reader.enters('notices')
    await reader.sees('1. The library closes at six.', 'hall>')
    reader.enters('notice post hello')
    await reader.sees(/Unknown command/, 'hall>')
    const anna = await call(officePort)
    await anna.answers('Username:', 'anna')
    anna.enters('notice post Quiet, please.')
    anna.enters('notice remove 1')
    anna.enters('notice remove 7')
    await anna.sees('There is no notice 7.', 'office>')
    reader.enters('notices')
    await reader.sees('1. Quiet, please. (librarian)', 'hall>')
  })

  it('13-macros: a start file, an alias, a macro, and one that calls itself', async () => {
    const { server } = await import('../examples/13-macros.ts')
    const [port] = portsOf(server)
    const user = await call(port)
    await user.sees('Backups run at noon.', 'Type macros for yours.', 'macros>')
    user.enters('m')
    await user.sees('macros> m', 'Backups run at noon.', 'macros>')
    user.enters('define both m "say it is noon"')
    user.enters('both')
    await user.sees('macros> both', 'Backups run at noon.', 'it is noon', 'macros>')
    user.enters('shout both')
    await user.sees('BACKUPS RUN AT NOON.', 'IT IS NOON', 'macros>')
    user.enters('define loop loop loop')
    user.enters('loop')
    await user.sees('macros> loop', 'More than 16 commands would run within one another.', 'macros>')
    user.enters('say still here')
    await user.sees('macros> say still here', 'still here', 'macros>')
  })

  it('20-commands: what one declaration gives, and to whom', async () => {
    const { server } = await import('../examples/20-commands.ts')
    const anna = await call(portsOf(server)[0])
    await anna.answers('Username:', 'anna')
    anna.enters('item add pear 3 -p 0.5')
    anna.enters('items list --sort price')
    await anna.sees(/^name +count +price +added$/, /^[- ]+$/, /^apple +12 +0.4 /, /^pear +3 +0.5 /, 'shop>')
    anna.enters('item add pear many')
    await anna.sees(
      "Count must be a whole number, not 'many'.",
      'Usage: item add <name> [count] [-p, --price <price>]',
      'shop>',
    )
    anna.enters('item rm pear')
    await anna.answers('Remove every pear? [y/n]', 'y')
    anna.enters('item list --json')
    await anna.sees(/^\[\{"name":"apple","count":12,"price":0.4,.*\}\]$/, 'shop>')
    const bob = await call(portsOf(server)[0])
    await bob.answers('Username:', 'bob')
    bob.enters('item rm pear')
    await bob.sees("Unknown command 'item rm'. Type 'help item' for a list of commands.", 'shop>')
  })

  it('21-programs: their answers, their help, their errors', async () => {
    const { server } = await import('../examples/21-programs.ts')
    const user = await call(portsOf(server)[0])
    user.enters('pizza large -c feta')
    await user.sees('One large pizza, cheese: feta.', 'kitchen>')
    user.enters('pizza')
    await user.sees("error: missing required argument 'size'", 'kitchen>')
    user.enters('pizza -h')
    await user.sees(/-c, --cheese <kind> +with cheese/, /-h, --help/, 'kitchen>')
    user.enters('tea 3 --sugar 2')
    await user.sees('Tea: 3 cups, 2 sugar.', 'kitchen>')
    user.enters('tea --milk')
    await user.sees('Unknown argument: milk', 'kitchen>')
  })

  it('22-class (S4, S5, S9.1, S21): the same from a class', async () => {
    const { server } = await import('../examples/22-class.ts')
    const user = await call(portsOf(server)[0])
    await user.answers('Username:', 'joe')
    await user.sees('You have connected to the test server.', 'Hello joe!', 'TestServer>')
    user.enters('repeat 1  "2    3"')
    await user.sees('1 2    3', 'TestServer>')
    user.enters('timeit 0.01 "hello world!"')
    await user.sees('Waiting 0.01 seconds...', 'hello world!', 'TestServer>')
    user.enters('timer 9999 x')
    await user.sees('That is too long.', 'TestServer>')
    user.enters('passwd')
    await user.answers('New Password:', 'a')
    await user.answers('Retype New Password:', 'b')
    await user.sees("Passwords don't match.", 'TestServer>')
    user.enters('term')
    // This client has told no type, and an empty answer is no row.
    await user.sees('TestServer> term', 'TestServer>')
  })

  it('09-router: modes, and a table', async () => {
    const { server } = await import('../examples/09-router.ts')
    const user = await call(portsOf(server)[0])
    user.enters('interface eth0')
    await user.sees('% Not without: enable', 'router>')
    for (const line of ['enable', 'port eth0', 'address 10.0.0.1/24', 'no shutdown', 'end']) user.enters(line)
    user.enters('show interfaces')
    await user.sees(
      'router# show interfaces',
      /^name +address +state$/,
      /^[- ]+$/,
      /^eth0 +10.0.0.1.24 +up$/,
      /^eth1 +down$/,
      /^eth2 +down$/,
      'router#',
    )
    user.enters('interface eth9')
    await user.sees('% No interface eth9.', 'router#')
  })
})

describe('docs/TESTING.md', () => {
  const blocks = readFileSync('docs/TESTING.md', 'utf8').matchAll(/^```ts\n(.*?)^```/gms)
  it.each(Array.from(blocks, ([, code = ''], index) => ({ code, number: index + 1 })))(
    'shows tests that pass: $number',
    async ({ code, number }) => {
      const script = `.cache/testing-${process.pid}-${number}.mjs`
      mkdirSync('.cache', { recursive: true })
      writeFileSync(script, (await transformWithEsbuild(code, 'block.ts')).code)
      const { status, stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
      rmSync(script)
      expect(status, stdout).toBe(0)
    },
  )
})

/** What there is to know of a server here. */
interface Served {
  readonly addresses: readonly { readonly port?: number }[]
  close(): Promise<void>
}

/** The ports of a server, which will be closed when the tests are over. */
function portsOf(server: Served): (number | undefined)[] {
  closers.push(() => server.close())
  return server.addresses.map(({ port }) => port)
}

async function call(port: number | undefined): Promise<Caller> {
  const caller = new Caller(connect(port ?? 0, '127.0.0.1'))
  await caller.echoed
  return caller
}

/** How long a screen may take to become what is expected, in milliseconds. */
const PATIENCE = 20_000

/** A user at a terminal of 80×24 without a name, whose telnet client sends each key and leaves the echo to the server. */
class Caller {
  readonly #socket: Socket
  readonly #judge: Promise<ScreenJudge> = ScreenJudge.create(80, 24)
  readonly #decoder = new TextDecoder()
  /** The beginning of a telnet command, of which the rest has not come. */
  #pending = ''
  #news: () => void = () => {}
  #agreed: () => void = () => {}
  /** Resolves when the server has taken over the echo: what is typed from now on is edited there. */
  readonly echoed: Promise<void> = new Promise(resolve => (this.#agreed = resolve))

  constructor(socket: Socket) {
    callers.push(this)
    this.#socket = socket
    socket.on('data', bytes => void this.#receive(bytes))
  }

  types(keys: string): void {
    this.#socket.write(keys.replaceAll('\r', '\r\0'))
  }

  enters(line: string): void {
    this.types(`${line}\r`)
  }

  /** Waits for the question, which is the last row, and answers it. */
  async answers(question: string, line: string): Promise<void> {
    await this.sees(question)
    this.enters(line)
  }

  /** Waits until these are the last rows of the screen. */
  async sees(...expected: (string | RegExp)[]): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>(resolve => (timer = setTimeout(resolve, PATIENCE, 'late')))
    for (;;) {
      const news = new Promise<void>(resolve => (this.#news = resolve))
      const { rows } = await (await this.#judge).shot(true)
      if (endsWith(rows, expected)) break
      if ((await Promise.race([news, late])) === 'late')
        throw new Error(`expected ${expected.join(' ⏎ ')}, and the screen is\n${rows.join('\n')}`)
    }
    clearTimeout(timer)
  }

  hangUp(): void {
    this.#socket.destroy()
  }

  /** Draws what came, and reads on when it is drawn: a terminal is slower than a server. */
  async #receive(bytes: Buffer): Promise<void> {
    this.#socket.pause()
    const judge = await this.#judge
    judge.write(this.#textOf(bytes))
    await judge.shot()
    this.#socket.resume()
    this.#news()
  }

  #textOf(bytes: Buffer): string {
    const received = this.#pending + bytes.toString('latin1')
    const end = received.search(UNFINISHED)
    this.#pending = end < 0 ? '' : received.slice(end)
    const whole = end < 0 ? received : received.slice(0, end)
    const shown = whole.replaceAll(COMMAND, command => this.#obey(command))
    return this.#decoder.decode(Buffer.from(shown, 'latin1'), { stream: true })
  }

  /** Lets the server echo (ECHO, SGA), declines whatever it is asked to do itself, and passes over the rest. */
  #obey(command: string): '' {
    if (command.startsWith(DO)) this.#socket.write(command.replace(DO, WONT), 'latin1')
    if (command === WILL_ECHO || command === WILL_SGA) this.#socket.write(command.replace(WILL, DO), 'latin1')
    if (command === WILL_ECHO) this.#agreed()
    return ''
  }
}

/** RFC 854: IAC with a subnegotiation, with an option, alone. */
const COMMAND = /\xff(?:\xfa[^]*?\xff\xf0|[\xfb-\xfe][^]|[\xf0-\xf9])/g
const UNFINISHED = /\xff(?:\xfa(?:(?!\xff\xf0)[^])*|[\xfb-\xfe]?)$/

const WILL = '\xff\xfb'
const DO = '\xff\xfd'
const WONT = '\xff\xfc'
const WILL_ECHO = `${WILL}\x01`
const WILL_SGA = `${WILL}\x03`

function endsWith(rows: readonly string[], expected: readonly (string | RegExp)[]): boolean {
  const last = rows.slice(-expected.length).map(row => row.trimEnd())
  return last.length === expected.length && expected.every((row, i) => matches(last[i] ?? '', row))
}

function matches(row: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? row === expected : expected.test(row)
}
