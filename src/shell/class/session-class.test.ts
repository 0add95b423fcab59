import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import { command } from './decorator.ts'
import { Session } from '../session/session.ts'
import type { SessionClass } from './session-class.ts'
import { shellOf } from '../shell.ts'
import type { ArgsOf } from '../usage/types.ts'

/** Returns what a shell of a class answers to some lines. */
async function answers(sessionClass: SessionClass<any, any>, ...lines: string[]): Promise<string[]> {
  const user = connect(shellOf(sessionClass), { terminal: { rows: 60 } })
  for (const line of lines) {
    user.enter(line)
    await user.settled()
  }
  return (await user.screen()).rows.filter(row => !row.startsWith('> '))
}

/** Returns the names of all commands that are neither built in nor hidden. */
async function names(sessionClass: SessionClass<any, any>): Promise<string[]> {
  const rows = await answers(sessionClass, 'help')
  return rows
    .flatMap(row => {
      const [, usage = '', others] = /^(.*?)(?: +- .*?)?(?: {2}\((.*)\))?$/.exec(row) ?? []
      return [usage.trimEnd(), ...(others?.split(', ') ?? [])]
    })
    .filter(name => !/^(?:\?|bye|exit|help|history|logout|quit)(?: |$)/.test(name))
    .sort()
}

describe('S4: @command', () => {
  class Lobby extends Session {
    sent = 0

    @command('greet', 'Greet.') greet(words: string[]) {
      return `Hello ${words.join('+')}!`
    }

    @command(['echo', 'copy', 'repeat']) echo(words: string[]) {
      this.sent += 1
      return `${this.sent}: ${words.join(' ')}`
    }

    @command('timer|wait <seconds:number> [-q, --quiet] <message>', {
      summary: 'Wait.',
      notes: { seconds: 'how long' },
    })
    timer(args: ArgsOf<'timer <seconds:number> [-q, --quiet] <message>'>) {
      return JSON.stringify(args)
    }

    @command('user add <name>') add({ name }: { name: string }) {
      return `added ${name}`
    }

    @command('outer')
    @command(['middle', 'mid'])
    @command('inner', { hidden: true, help: 'Of three.' })
    stacked() {
      return 'stacked'
    }
  }

  it('S4.1, S4.5: names a method; without parameters it gets the words', async () => {
    expect(await answers(Lobby, 'greet a "b  c"', 'GREET')).toEqual(['Hello a+b  c!', 'Hello !'])
  })

  it('S4.2: of a list, the first is the name and the rest are aliases', async () => {
    expect(await answers(Lobby, 'echo a', 'Copy b', 'repeat --json')).toEqual(['1: a', '2: b', '3: --json'])
    expect(await answers(Lobby, 'help repeat')).toEqual(['echo', '', 'Also: copy, repeat'])
  })

  it('S4.3: stacked, the outermost name is the name, all others are aliases', async () => {
    expect(await answers(Lobby, 'outer', 'middle', 'mid', 'inner')).toEqual(Array(4).fill('stacked'))
    expect((await answers(Lobby, 'help mid')).at(-1)).toBe('Also: middle, mid, inner')
  })

  it('S4.4: hidden on any of the stack, it is not listed, but there in help NAME', async () => {
    expect(await names(Lobby)).toEqual([
      'copy',
      'echo',
      'greet',
      'repeat',
      'timer <seconds> [-q, --quiet] <message>',
      'user add <name>',
      'wait',
    ])
    expect(await answers(Lobby, 'help outer')).toEqual(['outer', '', 'Of three.', '', 'Also: middle, mid, inner'])
  })

  it('reads arguments as its usage text declares them', async () => {
    expect(await answers(Lobby, 'wait 3 -q "a b"', 'user add joe')).toEqual([
      '{"quiet":true,"seconds":3,"message":"a b"}',
      'added joe',
    ])
    expect(await answers(Lobby, 'timer x y')).toContain("Seconds must be a number, not 'x'.")
  })

  it('makes each session an instance with fields of its own', async () => {
    const shell = shellOf(Lobby)
    const [one, two] = [connect(shell), connect(shell)]
    one.enter('echo a').enter('echo b')
    two.enter('echo a')
    expect([one.session, two.session].map(session => (session as Lobby).sent)).toEqual([2, 1])
    expect(one.session).toBeInstanceOf(Lobby)
  })
})

describe('S5: a method named cmdNAME', () => {
  class Old extends Session {
    // oxlint-disable typescript/unbound-method -- what hangs on a method, not the method, is meant
    static {
      Object.assign(this.prototype.cmdTERM, { hidden: true, aliases: ['terminal'] })
      Object.assign(this.prototype.cmdECHO, { help: '<text>\nEcho text.\nAll of it.' })
    }
    // oxlint-enable typescript/unbound-method

    cmdECHO(words: string[]) {
      return words.join(' ')
    }

    cmdTERM() {
      return this.terminal.type
    }

    cmdlet() {
      return 'no command'
    }
  }

  it('is the command name, with aliases and hidden on it', async () => {
    expect(await answers(Old, 'echo a b', 'ECHO c', 'term', 'terminal')).toEqual([
      'a b',
      'c',
      'xterm-256color',
      'xterm-256color',
    ])
    expect(await names(Old)).toEqual(['echo <text>'])
    expect((await answers(Old, 'let', 'cmdlet')).join()).not.toContain('no command')
  })

  it('S7: has its help in three parts', async () => {
    expect(await answers(Old, 'help echo')).toEqual(['echo <text>', '', 'All of it.'])
  })
})

describe('a subclass', () => {
  class Base extends Session {
    @command(['one', 'uno'], 'First.') one() {
      return 'base one'
    }
    @command(['two', 'due']) two() {
      return 'base two'
    }
    @command('three') three() {
      return 'base three'
    }
    cmdOLD() {
      return 'base old'
    }
  }
  class Derived extends Base {
    override one() {
      return `derived, ${super.one()}`
    }
    @command('zwei') override two() {
      return 'derived two'
    }
    @command('three') other() {
      return 'derived three'
    }
    @command('own') own() {
      return 'own'
    }
    override cmdOLD() {
      return 'derived old'
    }
  }

  it('keeps the commands and names of what it overrides', async () => {
    expect(await answers(Derived, 'one', 'uno', 'old')).toEqual([
      'derived, base one',
      'derived, base one',
      'derived old',
    ])
  })

  it('replaces the names where it decorates again, and a command where it takes its name', async () => {
    expect(await names(Derived)).toEqual(['old', 'one', 'own', 'three', 'uno', 'zwei'])
    expect(await answers(Derived, 'zwei', 'three', 'own')).toEqual(['derived two', 'derived three', 'own'])
  })

  it('leaves its base as it was', async () => {
    expect(await names(Base)).toEqual(['due', 'old', 'one', 'three', 'two', 'uno'])
    expect(await answers(Base, 'one')).toEqual(['base one'])
  })

  it('replaces built-ins', async () => {
    class Polite extends Session {
      @command('exit') leave() {
        return 'Please stay.'
      }
    }
    expect(await answers(Polite, 'exit', 'help quit')).toEqual([
      'Please stay.',
      'quit [status]',
      '',
      'Leave the shell.',
      '',
      '  [status]  a whole number',
      '',
      'Also: bye, logout',
    ])
  })
})

describe('options and hooks', () => {
  const log: string[] = []
  class House extends Session<{ name: string }> {
    static prompt = 'house> '
    static welcome = 'Come in.'
    static auth = { name: (name: string) => (name === '' ? null : { name }) }

    onStart() {
      log.push(`start ${this.user.name}`)
    }
    onEnd(reason: string) {
      log.push(`end ${reason}`)
    }
    onError(error: unknown) {
      void this.writeError(`Sorry: ${(error as Error).message}`)
      return true
    }
    onUnknown({ words }: { words: readonly string[] }) {
      return `What is ${words[0]}?`
    }
    @command('fail') fail() {
      throw new Error('broken')
    }
  }
  class Inn extends House {
    static override prompt = 'inn> '
  }

  it('S11, S12, S14: are static fields and methods, inherited ones too', async () => {
    const user = connect(shellOf(Inn))
    await user.enter('joe').settled()
    await user.enter('fail').settled()
    user.enter('dance')
    expect((await user.screen()).rows).toEqual([
      'Username: joe',
      'Come in.',
      'inn> fail',
      'Sorry: broken',
      'inn> dance',
      'What is dance?',
      'inn> ',
    ])
    user.enter('exit')
    await user.ended
    expect(log).toEqual(['start joe', 'end exit'])
  })
})

describe('S9.1: the voices', () => {
  class Coloured extends Session {
    override writeError(text: string) {
      return super.writeError(`! ${text}`)
    }
    override writeResponse(text: string) {
      return super.writeResponse(`= ${text}`)
    }
    override writeMessage(text: string) {
      return super.writeMessage(`* ${text}`)
    }
    @command('go') go() {
      void this.writeMessage('told')
      return 'gone'
    }
  }

  it('are overridden by methods', async () => {
    expect((await answers(Coloured, 'go', 'xyzqv')).slice(0, 3)).toEqual([
      '* told',
      '= gone',
      expect.stringMatching(/^! Unknown/),
    ])
  })
})

describe('@command refuses', () => {
  /** The compiler refuses some of it as well. */
  const anyone: any = command('x')
  const broken: string = 'x <a'
  it.each([
    ['private methods', () => class extends Session { @anyone #x() {} y() { this.#x() } }, "'#x' is private"], // prettier-ignore
    ['static methods', () => class extends Session { @anyone static x() {} }, "'x' is static"], // prettier-ignore
    ['a usage text that cannot be read', () => shellOf(class extends Session { @command(broken) x() {} }), "<a is not closed: '>' is missing"], // prettier-ignore
    ['aliases of several words', () => shellOf(class extends Session { @command(['user add', 'adduser']) x() {} }), 'has its aliases within the words: user|users add'], // prettier-ignore
    ['two methods of one name', () => shellOf(class extends Session { @command('x') y() {} @command('X') z() {} }), 'is defined twice'], // prettier-ignore
  ])('%s', (_, define, sentence) => {
    expect(define).toThrow(sentence)
  })

  it('the decorators of old', () => {
    const decorate = command('x') as unknown as (target: object, name: string) => void
    expect(() => decorate({}, 'x')).toThrow('take "experimentalDecorators" out of tsconfig.json')
  })

  it('a class that extends something else', () => {
    expect(() => shellOf(Map as never)).toThrow('a class that is served extends Session')
  })
})
