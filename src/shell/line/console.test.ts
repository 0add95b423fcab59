import { describe, expect, it, vi } from 'vitest'
import { PASTE_MS, SEQUENCE_MS } from '../../terminal/key-decoder.ts'
import type { ConnectionEvent, Terminal } from '../../core/connection.ts'
import { ManualClock, MemoryConnection } from '../../testing/index.ts'
import { atDesk, Desk, picture } from './desk.suite.ts'
import { TYPE_AHEAD_LIMIT, TypeAhead } from './type-ahead.ts'

const LINE_MODE: Partial<Terminal> = { input: 'line', type: '', canHide: false }
const BELL = '\x07'
/**
 * Holds back input while it is paused, and passes it on from within `resume`, as a channel of SSH
 * does.
 */
class HoldingConnection extends MemoryConnection {
  readonly #held: (() => void)[] = []

  override text(text: string): void {
    this.#pass(() => super.text(text))
  }

  override event(event: ConnectionEvent): void {
    this.#pass(() => super.event(event))
  }

  override resume(): void {
    super.resume()
    while (!this.paused && this.#held.length > 0) this.#held.shift()?.()
  }

  #pass(hand: () => void): void {
    if (this.paused) this.#held.push(hand)
    else hand()
  }
}

const bells = (output: string) => output.split(BELL).length - 1

describe('type-ahead', () => {
  it('is read when somebody reads, in order, up to the line that somebody is busy with', () => {
    const user = atDesk({ busy: true }).type('one\rslow\rtwo\rthr')
    expect(user.session.lines).toEqual([])
    user.session.read()
    expect(user.session.lines).toEqual(['one', 'slow'])
    user.session.read()
    user.type('ee\r')
    expect(user.session.lines).toEqual(['one', 'slow', 'two', 'three'])
  })

  it('shows where it is read, not where it was typed', async () => {
    const user = atDesk({ busy: true }).type('ls -l')
    user.session.console.write('working\n')
    user.session.read()
    expect(await picture(user)).toEqual(['working', '> ls -l|'])
  })

  it('holds 100 commands that are pasted at once', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `echo ${index}`)
    const user = atDesk().type(lines.map(line => `${line}\r`).join(''))
    expect(user.session.lines).toEqual(lines)
  })

  it('is left after the key that has used up its session’s share of the turn, and shows when all of it has been read', () => {
    const user = atDesk().type('abcdef')
    const turns: (() => void)[] = []
    let now = 0
    vi.spyOn(user.clock, 'defer').mockImplementation(run => void turns.push(run))
    vi.spyOn(user.clock, 'now').mockImplementation(() => now++)
    const before = user.connection.output
    user.type('\x02\x02\x02')
    expect([turns.length, user.connection.output]).toEqual([1, before])
    turns.shift()!()
    expect([turns.length, user.connection.output]).toEqual([1, before])
    turns.shift()!()
    expect(user.connection.output).toBe(`${before}\b\b\b`)
  })

  it('is left, with more of it to come, when its session has had its share of the turn, and read on in the next', () => {
    const user = atDesk({ terminal: LINE_MODE })
    const turns: (() => void)[] = []
    let now = 0
    vi.spyOn(user.clock, 'now').mockImplementation(() => (now += 1))
    vi.spyOn(user.clock, 'defer').mockImplementation(run => void turns.push(run))
    const lines = Array.from({ length: 100 }, (_, index) => `echo ${index}`)
    user.type(lines.map(line => `${line}\r`).join(''))
    expect([user.session.lines.length, user.connection.paused]).toEqual([12, true])
    user.type('and this\r')
    while (turns.length > 0) turns.shift()?.()
    expect(user.session.lines).toEqual([...lines, 'and this'])
    expect(user.connection.paused).toBe(false)
  })

  it('is overtaken by Ctrl-C in character mode, where it is left to a later turn', () => {
    const user = atDesk()
    const turns: (() => void)[] = []
    let now = 0
    vi.spyOn(user.clock, 'now').mockImplementation(() => (now += 1))
    vi.spyOn(user.clock, 'defer').mockImplementation(run => void turns.push(run))
    user.type('echo\r'.repeat(100))
    const read = user.session.lines.length
    expect([read < 100, user.connection.paused]).toEqual([true, false])
    user.type('and\x03this\r')
    while (turns.length > 0) turns.shift()?.()
    expect(user.session.lines.slice(read)).toEqual(['^C', 'this'])
  })

  it('is overtaken by Ctrl-C where the peer has not read what was written', async () => {
    const user = atDesk()
    user.connection.stall()
    user.type('one\rtwo\r')
    expect(user.connection.paused).toBe(false)
    user.type('\x03')
    expect(user.connection.paused).toBe(true)
    user.connection.flow()
    await user.settled()
    expect(user.session.lines).toEqual(['^C'])
    expect(user.connection.paused).toBe(false)
  })

  it('is not overtaken by what is pasted', async () => {
    for (const pieces of [
      ['\x1b[200~a', '\x03b\x1b[201~\r'],
      ['\x1b[200~', 'a\x03b\x1b[201~\r'],
    ]) {
      const user = atDesk()
      user.type('one\r')
      user.connection.stall()
      for (const piece of pieces) user.type(piece)
      user.connection.flow()
      await user.settled()
      expect(user.session.lines).toEqual(['one', 'a\x03b'])
    }
  })

  it('is paused at its limit in character mode where it is held, and nothing is dropped', async () => {
    const user = atDesk()
    user.session.running = undefined
    user.connection.stall()
    user.type('one\r'.repeat(TYPE_AHEAD_LIMIT / 4))
    expect(user.connection.paused).toBe(true)
    user.connection.flow()
    await user.settled()
    expect(user.session.lines).toHaveLength(TYPE_AHEAD_LIMIT / 4)
    expect(user.connection.paused).toBe(false)
  })

  it('is cut at its limit with a bell in character mode, which is never paused', () => {
    const user = atDesk({ busy: true }).type('a'.repeat(TYPE_AHEAD_LIMIT - 1))
    expect(bells(user.output)).toBe(0)
    user.type('bcd').type('ef')
    expect(bells(user.output)).toBe(2)
    expect(user.connection.paused).toBe(false)
    user.session.read()
    user.press('Enter')
    expect(user.session.lines[0]).toHaveLength(TYPE_AHEAD_LIMIT)
  })

  it('rings no bell for a peer that has not taken the last one', () => {
    const user = atDesk({ busy: true }).type('a'.repeat(TYPE_AHEAD_LIMIT))
    user.connection.stall()
    user.type('b').type('c').type('d')
    expect(bells(user.output)).toBe(1)
  })

  it('is searched for an interrupt only when one has come', () => {
    const search = vi.spyOn(TypeAhead.prototype, 'dropInterrupted')
    const user = atDesk({ busy: true })
    for (const letter of 'abcdef') user.type(letter)
    expect(search).not.toHaveBeenCalled()
    user.type('gh\x03')
    expect(search).toHaveBeenCalledOnce()
    expect(user.session.told).toEqual(['interrupted'])
    search.mockRestore()
  })

  it.each([
    ['a pipe', false as const],
    ['line mode', LINE_MODE],
  ])('pauses %s at its limit, drops nothing, and goes on when it has been read', (_, terminal) => {
    const user = atDesk({ busy: true, terminal }).type(`${'a'.repeat(TYPE_AHEAD_LIMIT)}\n`)
    expect(user.connection.paused).toBe(true)
    user.type('under way\n')
    user.session.read()
    expect(user.session.lines).toEqual(['a'.repeat(TYPE_AHEAD_LIMIT), 'under way'])
    expect(user.connection.paused).toBe(false)
    expect(user.output).not.toContain(BELL)
  })

  it.each([
    ['a pipe', false as const],
    ['line mode', LINE_MODE],
  ])('reads all that %s has held back and hands on as soon as it is asked for more', (_, terminal) => {
    const clock = new ManualClock()
    const connection = new HoldingConnection({ terminal })
    const desk = new Desk(connection, { clock, scheduler: clock }, { busy: true })
    const full = 'a'.repeat(TYPE_AHEAD_LIMIT)
    for (const text of [`${full}\n`, `${full}\n`, 'last\n']) connection.text(text)
    connection.event({ type: 'end-of-input' })
    expect(connection.paused).toBe(true)
    desk.read()
    expect(desk.lines).toEqual([full, full, 'last', '^D'])
    expect(connection.paused).toBe(false)
  })

  it('is dropped by Ctrl-C, as a terminal driver does; what is typed after it is kept', () => {
    const user = atDesk().type('slow\r').type('one\rtwo\x03three\r')
    expect(user.session.told).toEqual(['interrupted'])
    user.session.read()
    expect(user.session.lines).toEqual(['slow', 'three'])
  })

  it('is dropped by the interrupt character that the terminal has set, and by an interrupt of the protocol', () => {
    const user = atDesk({ terminal: { modes: { interrupt: '\x18' } } })
      .type('slow\r')
      .type('one\r\x18two\r')
      .interrupt()
    user.session.read()
    expect(user.session.told).toEqual(['interrupted', 'interrupted'])
    expect(user.session.lines).toEqual(['slow'])
  })

  it('is no interrupt on a pipe, where Ctrl-C is a character', () => {
    const user = atDesk({ terminal: false, busy: true }).type('a\x03b\n')
    expect(user.session.told).toEqual([])
    user.session.read()
    expect(user.session.lines).toEqual(['a\x03b'])
  })
})

describe('the end of the input', () => {
  it('lets what came before be read, an unfinished line included', () => {
    const user = atDesk({ terminal: false }).type('one\ntwo').endInput()
    expect(user.session.lines).toEqual(['one', 'two', '^D'])
  })

  it('waits for who is busy', () => {
    const user = atDesk({ terminal: false }).type('slow\ntwo\n').endInput()
    expect(user.session.lines).toEqual(['slow'])
    user.session.read()
    expect(user.session.lines).toEqual(['slow', 'two', '^D'])
  })
})

describe('S9.2: a message while somebody types', () => {
  it('leaves the text and the cursor’s place in it', async () => {
    const user = atDesk().type('hello world').press('M-b')
    user.session.console.writeLines('News!')
    expect(await picture(user)).toEqual(['News!', '> hello |world'])
    expect(await picture(user.type('big '))).toEqual(['News!', '> hello big |world'])
  })

  it('in a wrapped line with wide characters', async () => {
    const user = atDesk({ terminal: { columns: 10, rows: 6 } })
      .type('日本語日本語日本')
      .press('C-a', 'C-f')
    user.session.console.writeLines('News!')
    expect(await picture(user)).toEqual(['News!', '> 日|本語日', '本語日本'])
  })

  it('at the last row of the screen', async () => {
    const user = atDesk({ terminal: { columns: 10, rows: 3 } })
    user.session.console.write('1\n2\n')
    user.type('abcdefghijkl').press('Left')
    user.session.console.writeLines('News!')
    expect(await picture(user)).toEqual(['News!', '> abcdefgh', 'ijk|l'])
    expect((await user.screen(true)).rows).toEqual(['1', '2', 'News!', '> abcdefgh', 'ijkl'])
  })

  it('where the line fills its row', async () => {
    const user = atDesk({ terminal: { columns: 10, rows: 6 } }).type('abcdefgh')
    user.session.console.writeLines('News!')
    expect(await picture(user)).toEqual(['News!', '> abcdefgh', '|'])
  })

  it('in a search', async () => {
    const user = atDesk()
    user.session.history.push('make all')
    user.press('C-c', 'C-r').type('al')
    user.session.console.writeLines('News!')
    expect(await picture(user)).toEqual(['> ^C', 'News!', "(reverse-i-search)`al': make |all"])
  })

  it('in what does not show', async () => {
    const user = atDesk({ request: { hidden: true, prompt: 'Secret: ' } }).type('hunter')
    user.session.console.writeLines('News!')
    expect(await picture(user)).toEqual(['News!', 'Secret: |'])
    expect(user.type('2\r').session.lines).toEqual(['hunter2'])
    expect(user.output).not.toContain('hunter')
  })

  it('on a plain terminal', async () => {
    const user = atDesk({ terminal: { type: 'dumb' } })
      .type('hello')
      .press('C-b')
    user.session.console.writeLines('News!')
    expect(await picture(user)).toEqual(['News!', '> hell|o'])
    expect(user.output).not.toContain('\x1b')
  })

  it('in line mode, where what is typed is the peer’s own affair: on a row of its own, and the prompt again', () => {
    const user = atDesk({ terminal: LINE_MODE })
    user.session.console.writeLines('News!')
    expect(user.output).toBe('> \nNews!\n')
    return user.settled().then(() => expect(user.output).toBe('> \nNews!\n> '))
  })

  it('begins in a row of its own, also after output that has not ended its line', async () => {
    const user = atDesk({ busy: true })
    user.session.console.write('50 %')
    user.session.console.writeLines('News!')
    user.session.console.write('60 %')
    user.session.read()
    expect(await picture(user)).toEqual(['50 %', 'News!', '60 %', '> |'])
  })

  it('is followed by one repaint, however many come in one turn', async () => {
    const user = atDesk().type('hello')
    const before = user.output.length
    for (let index = 0; index < 100; index++) user.session.console.writeLines('News!')
    await user.settled()
    expect(user.output.slice(before).split('hello')).toHaveLength(2)
  })

  it('loses nothing that is typed in the same turn, nor the end of the line', async () => {
    const user = atDesk().type('hel')
    user.session.console.writeLines('News!')
    user.type('lo')
    user.session.console.writeLines('More news!')
    user.type('!\r')
    expect(user.session.lines).toEqual(['hello!'])
    expect(await picture(user)).toEqual(['News!', 'More news!', '> hello!', '> |'])
  })
})

describe('a peer that does not read', () => {
  it('is not read either, until it does', async () => {
    const user = atDesk().type('one\r')
    user.connection.stall()
    user.type('two\r').type('three\r')
    expect(user.session.lines).toEqual(['one'])
    expect(user.connection.paused).toBe(true)
    user.connection.flow()
    await user.settled()
    expect(user.session.lines).toEqual(['one', 'two', 'three'])
    expect(user.connection.paused).toBe(false)
  })

  it('can interrupt again as soon as it reads, though more has been typed than is read', async () => {
    const user = atDesk()
    user.connection.stall()
    user.type('slow\rrest')
    user.connection.flow()
    await user.settled()
    expect(user.session.lines).toEqual(['slow'])
    expect(user.connection.paused).toBe(false)
  })

  it('hurts nobody when it is gone', async () => {
    const user = atDesk()
    user.connection.stall()
    user.type('one\r').disconnect()
    await user.settled()
    expect(user.session.told).toEqual(['disconnected'])
  })
})

describe('from line mode to character mode', () => {
  it('what was typed of the line is adopted, and edited from then on', async () => {
    const user = atDesk({ terminal: { ...LINE_MODE, type: 'xterm' } }).type('hel')
    user.connection.change({ input: 'character', canHide: true })
    const before = user.output.length
    user.type('p').press('Backspace', 'Enter')
    expect(user.session.lines).toEqual(['hel'])
    expect(user.output.slice(before)).toBe('p\b\x1b[K\n> ')
  })

  it('a line that is edited here goes on without being drawn when it is the peer’s side’s', () => {
    const user = atDesk().type('ab')
    user.connection.change(LINE_MODE)
    const before = user.output.length
    user.type('c\n')
    expect(user.session.lines).toEqual(['abc'])
    expect(user.output.slice(before)).toBe('> ')
  })
})

describe('too long a line', () => {
  it('of 100 MB without an end takes no memory, and is told of once', () => {
    const user = atDesk({ terminal: false })
    const piece = 'x'.repeat(1_000_000)
    for (let sent = 0; sent < 100; sent++) user.type(piece)
    user.type('\nnext\n')
    expect(user.session.lines).toEqual(['That line is longer than 65536 characters, and was not taken.', 'next'])
  })

  it('that is typed rings, shows as far as it went in, and is read once more', async () => {
    const user = atDesk({ editor: { maxLength: 10 } })
      .type('0123456789')
      .type('abc')
    expect(await picture(user)).toEqual(['> 0123456789|'])
    expect(bells(user.output)).toBe(1)
    expect(user.press('Enter').session.lines).toEqual([])
    expect(user.enter('short').session.lines).toEqual(['short'])
    expect((await user.screen()).rows).toEqual([
      '> 0123456789',
      'That line is longer than 10 characters, and was not taken.',
      '> short',
      '> ',
    ])
  })
})

describe('keys that are none', () => {
  it.each([
    ['an unknown sequence', '\x1b[99;99z'],
    ['a position report', '\x1b[24;80R'],
    ['the attributes of a terminal', '\x1b[?64;1;2c'],
    ['a string', '\x1b]0;title\x07'],
    ['an endless sequence', `\x1b[${'1;'.repeat(10_000)}z`],
    ['an endless string', `\x1bP${'x'.repeat(100_000)}\x1b\\`],
    ['a mouse report', '\x1b[M !!'],
    ['C1 controls', '\x80\x81\x99'],
  ])('insert nothing: %s', (_, sequence) => {
    expect(atDesk().type(`a${sequence}b\r`).session.lines).toEqual(['ab'])
  })

  it('an unfinished sequence is dropped after its time, and does not take what comes then', async () => {
    const user = atDesk().type('a\x1b[12')
    await user.clock.advance(SEQUENCE_MS)
    expect(user.type('34\r').session.lines).toEqual(['a34'])
    expect(user.clock.pending).toBe(0)
  })

  it('Escape alone says nothing, and is a Meta prefix for what follows, however late', async () => {
    const user = atDesk().type('one two').press('Escape')
    await user.clock.advance(50)
    expect(user.output).not.toContain(BELL)
    expect(await picture(user.type('b'))).toEqual(['> one |two'])
  })

  it('Escape ends a search at once when its time is over', async () => {
    const user = atDesk()
    user.session.history.push('make')
    user.press('C-c', 'C-r').type('ma').press('Escape')
    await user.clock.advance(50)
    expect(await picture(user)).toEqual(['> ^C', '> |make'])
  })

  it('time that passes when the line is over takes nothing along', async () => {
    const user = atDesk().press('Escape')
    user.session.console.cancelRead()
    await user.clock.advance(10_000)
    expect(user.session.told).toEqual([])
  })
})

describe('a window', () => {
  it.each([
    [0, 0],
    [10_000, 10_000],
    [1, 1],
    [40, 5],
  ])('of %i×%i shows the line, and takes more of it', async (columns, rows) => {
    const user = atDesk().type('hello')
    user.connection.change({ columns, rows })
    user.press('C-a').type('say ').press('Enter')
    await user.settled()
    expect(user.session.lines).toEqual(['say hello'])
    expect(user.session.told).toEqual([])
  })

  it('that changes in mid-line shows the line as if it had always been so', async () => {
    const user = atDesk({ terminal: { columns: 20, rows: 6 } })
      .type('abcdefghijklmnopqrstuvwxyz')
      .press('Left')
    expect(await picture(user.resize(10, 6))).toEqual(['> abcdefgh', 'ijklmnopqr', 'stuvwxy|z'])
    expect(await picture(user.resize(40, 6))).toEqual(['> abcdefghijklmnopqrstuvwxy|z'])
  })
})

describe('events of the protocol', () => {
  it('give a sign of life above the line', async () => {
    const user = atDesk()
    user.connection.event({ type: 'are-you-there' })
    expect(await picture(user)).toEqual(['[Yes]', '> |'])
  })

  it('interrupt as often as the turn has time for, then once more in the next, before what was typed since', () => {
    const user = atDesk()
    const turns: (() => void)[] = []
    let now = 0
    vi.spyOn(user.clock, 'now').mockImplementation(() => (now += 1))
    vi.spyOn(user.clock, 'defer').mockImplementation(run => void turns.push(run))
    for (let i = 0; i < 1000; i++) {
      user.type('x')
      user.connection.event({ type: 'interrupt' })
    }
    const shown = user.session.lines.length
    expect(shown).toBeLessThan(20)
    user.type('ls\r')
    expect([user.session.lines.length, turns.length]).toEqual([shown, 1])
    while (turns.length > 0) turns.shift()?.()
    expect(user.session.lines.slice(shown)).toEqual(['^C', 'ls'])
  })

  it('break is an interrupt, signals go by their names, bytes are no input', () => {
    const user = atDesk().type('abc')
    user.connection.event({ type: 'break' })
    user.connection.event({ type: 'signal', name: 'HUP' })
    user.connection.event({ type: 'bytes', bytes: new Uint8Array([1]) })
    expect(user.session.lines).toEqual(['^C'])
    expect(user.session.told).toEqual(['HUP'])
  })
})

describe('what the shell was given', () => {
  it('may throw where nobody looks after it, and is told of', async () => {
    const thrower = () => {
      throw new Error('mine')
    }
    const user = atDesk({ onLine: thrower }).type('a\r')
    expect(user.session.told).toEqual(['Error: mine'])
    const later = atDesk({ onLine: thrower })
    later.connection.stall()
    later.type('a\r')
    later.connection.flow()
    await later.settled()
    expect(later.session.told).toEqual(['Error: mine'])
  })
})

describe('bracketed paste', () => {
  const ON = '\x1b[?2004h'
  const OFF = '\x1b[?2004l'
  const pasted = (text: string) => `\x1b[200~${text}\x1b[201~`
  /** Returns whether the terminal was last set to mark what is pasted. */
  const isOn = (output: string) => output.lastIndexOf(ON) > output.lastIndexOf(OFF)

  it('is on while a line is read, and at no other time', () => {
    const user = atDesk({ busy: true })
    const { connection, session } = user
    expect(connection.output).toBe('')
    session.read()
    expect(isOn(connection.output)).toBe(true)
    user.type('slow\r')
    expect(isOn(connection.output)).toBe(false)
    session.read()
    session.console.cancelRead()
    expect(isOn(connection.output)).toBe(false)
    expect(connection.output.split(ON)).toHaveLength(3)
    expect(connection.output.split(OFF)).toHaveLength(3)
  })

  it.each([
    ['a plain terminal', { type: 'dumb' }],
    ['line mode', LINE_MODE],
    ['a pipe', false as const],
  ])('is never spoken of on %s', (_, terminal) => {
    expect(atDesk({ terminal }).type('a\rslow\r').connection.output).not.toContain('2004')
  })

  it('is on as soon as a terminal is asked for character mode, whether it agrees or has sent a line before', () => {
    const user = atDesk({ terminal: LINE_MODE })
    user.connection.change({ type: 'xterm', asked: 'character' })
    expect(isOn(user.connection.output)).toBe(true)
    user.type('a line\r')
    expect(isOn(user.connection.output)).toBe(true)
    const { length } = user.connection.output
    user.connection.change({ input: 'character', asked: undefined })
    expect(user.connection.output.slice(length)).not.toContain('2004')
    user.type(`${pasted('b')}\r`)
    expect(user.session.lines).toEqual(['a line', 'b'])
  })

  it('is off again where such a terminal refuses, and is not spoken of where it draws nothing', () => {
    const user = atDesk({ terminal: LINE_MODE })
    user.connection.change({ type: 'xterm', asked: 'character' })
    user.connection.change({ asked: undefined })
    expect(isOn(user.connection.output)).toBe(false)
    const { length } = user.connection.output
    user.connection.change({ type: 'dumb', asked: 'character' })
    expect(user.connection.output.slice(length)).not.toContain('2004')
  })

  it('goes on and off where the terminal changes in mid-line', () => {
    const user = atDesk({ terminal: { type: '' } })
    user.connection.change({ type: 'xterm' })
    expect(isOn(user.connection.output)).toBe(true)
    user.connection.change({ type: 'dumb' })
    expect(isOn(user.connection.output)).toBe(false)
  })

  it('shows what is pasted, of several lines too, to be edited first', async () => {
    const user = atDesk().type('run ').type(pasted('one\r\ntwo\rthree'))
    expect(await picture(user)).toEqual(['> run one', 'two', 'three|'])
    expect(user.session.lines).toEqual([])
    user.press('C-a', 'C-d', 'Enter')
    expect(user.session.lines).toEqual(['un one\ntwo\nthree'])
  })

  it('is the same in any pieces', () => {
    const input = `${pasted('one\r\ntwo\r\n日本\t\x03')}!\r`
    for (let size = 1; size <= input.length; size++) {
      const user = atDesk()
      for (let at = 0; at < input.length; at += size) user.type(input.slice(at, at + size))
      expect(user.session.lines).toEqual(['one\ntwo\n日本\t\x03!'])
    }
  })

  it('is undone as one, in whatever pieces it is read', () => {
    for (const size of [7, 5000]) {
      const input = pasted('p'.repeat(3000))
      const user = atDesk().type(pasted('kept '))
      for (let at = 0; at < input.length; at += size) user.type(input.slice(at, at + size))
      user.press('C-_', 'Enter')
      expect(user.session.lines).toEqual(['kept '])
    }
  })

  it('does nothing but insert, whatever it holds', async () => {
    const user = atDesk().type(pasted('a\x03b\x04c\x1b[Ad\te\x07'))
    expect(user.output).not.toContain(BELL)
    expect(await picture(user)).toEqual(['> a^Cb^Dc^[[Ad  e^G|'])
    expect(user.session.told).toEqual([])
  })

  it('by option runs line by line, the last one left to be edited', async () => {
    const user = atDesk({ request: { runsPaste: true } })
      .type(pasted('one\r\ntwo\n\nthree'))
      .type('!')
    expect(user.session.lines).toEqual(['one', 'two', ''])
    expect(await picture(user)).toEqual(['> one', '> two', '>', '> three!|'])
  })

  it('by that option waits for who is busy, and is dropped by an interrupt', () => {
    const user = atDesk({ request: { runsPaste: true } }).type(pasted('slow 1\nslow 2\nthree\n'))
    expect(user.session.lines).toEqual(['slow 1'])
    user.session.read()
    expect(user.session.lines).toEqual(['slow 1', 'slow 2'])
    user.type('\x03')
    user.session.read()
    expect(user.session.lines).toEqual(['slow 1', 'slow 2'])
    expect(user.session.told).toEqual(['interrupted'])
  })

  it.each([false, true])(
    'of 1 MB is bounded, refused at once, and drawn twice: run line by line %s',
    async runsPaste => {
      const user = atDesk({ request: { runsPaste } })
      const piece = 'x'.repeat(16_384)
      user.type('\x1b[200~')
      for (let sent = 0; sent < 4; sent++) user.type(piece)
      expect(user.output.length).toBeLessThan(100)
      for (let sent = 4; sent < 64; sent++) user.type(piece)
      await user.settled()
      const refusal = 'What you paste is longer than 65536 characters, and will not be taken.\n'
      expect(user.output.split(refusal)).toHaveLength(2)
      expect(bells(user.output)).toBe(1)
      user.type('\x1b[201~\r')
      expect(user.output.length).toBeLessThan(2 * 65_536)
      expect(user.session.lines).toEqual([])
      expect((await user.screen()).text).toContain('That line is longer than 65536 characters, and was not taken.')
    },
  )

  it('that loses its end is over after its time', async () => {
    const user = atDesk().type('\x1b[200~abc')
    await user.clock.advance(PASTE_MS)
    expect(await picture(user)).toEqual(['> abc|'])
    expect(user.press('Enter').session.lines).toEqual(['abc'])
  })
})
