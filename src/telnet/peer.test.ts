import { describe, expect, it } from 'vitest'
import { UNKNOWN_TERMINAL, type Terminal } from '../core/connection.ts'
import { TELNET_RATES } from './peer.ts'
import { hex, pieces, sizes, wire, wired, type Wired } from './wire.suite.ts'

const [EOF, SUSP, ABORT, SE, NOP, DM, BRK, IP, AO, AYT, EC, EL, GA] = [
  236, 237, 238, 240, 241, 242, 243, 244, 245, 246, 247, 248, 249,
]
const [SB, WILL, WONT, DO, DONT, IAC] = [250, 251, 252, 253, 254, 255]
const [BINARY, ECHO, SGA, STATUS, TM, TTYPE, EOR, NAWS, LINEMODE, NEW_ENVIRON, CHARSET] = [
  0, 1, 3, 5, 6, 24, 25, 31, 34, 39, 42,
]

type Part = string | number
const is = (name: string): Part[] => [IAC, SB, TTYPE, 0, name, IAC, SE]
const size = (columns: number, rows: number): Part[] => [
  IAC,
  SB,
  NAWS,
  columns >> 8,
  columns & 255,
  rows >> 8,
  rows & 255,
  IAC,
  SE,
]
const sb = (option: number, ...payload: Part[]): Part[] => [IAC, SB, option, ...payload, IAC, SE]

const ASK_TYPE = hex(wire(...sb(TTYPE, 1)))
const ASK_ENVIRONMENT = hex(wire(...sb(NEW_ENVIRON, 1)))
const WILL_ECHO = hex(wire(IAC, WILL, ECHO))
const WONT_ECHO = hex(wire(IAC, WONT, ECHO))

/** A started peer, without its opening packet, that has received `parts`. */
function started(...parts: readonly Part[]): Wired {
  const all = wired()
  all.peer.start()
  all.sent()
  if (parts.length > 0) all.peer.receive(wire(...parts))
  return all
}

/** A terminal in character mode. */
const character = (name = 'XTERM'): Part[] => [IAC, DO, SGA, IAC, WILL, TTYPE, ...is(name), ...is(name), IAC, DO, ECHO]

/** A MUD client by its name. */
const mud: readonly Part[] = [IAC, DO, SGA, IAC, WILL, TTYPE, ...is('TINTIN++')]

describe('a Telnet peer', () => {
  it('S19: is asked for SGA, its terminal and its window at once, and is a plain terminal until it answers', () => {
    const { peer, heard, sent } = wired()
    peer.start()
    expect(sent()).toBe(hex(wire(IAC, WILL, SGA, IAC, DO, TTYPE, IAC, DO, NAWS)))
    expect(peer.terminal).toEqual(UNKNOWN_TERMINAL)
    expect(heard).toEqual([])
  })

  it('that is netcat types lines, and is never sent another byte', () => {
    const { peer, heard, sent } = started('echo a\necho b\n')
    peer.hideInput(true)
    peer.promptEnd()
    peer.receive(wire('secret\n'))
    peer.hideInput(false)
    expect(heard).toEqual(["'echo a\recho b\rsecret\r"])
    expect(sent()).toBe('')
    expect(peer.terminal).toEqual(UNKNOWN_TERMINAL)
  })

  it('hands on the text of a chunk at once', () => {
    const { heard } = started('a', IAC, NOP, 'b', IAC, IAC, IAC, GA, 'c\r\n')
    expect(heard).toEqual(["'ab\ufffdc\r"])
  })
})

describe('who echoes', () => {
  it('S19: WILL ECHO follows the first name, and DO ECHO makes it character mode', () => {
    const { peer, sent } = started(IAC, DO, SGA, IAC, WILL, TTYPE)
    expect(sent()).toBe(ASK_TYPE)
    peer.receive(wire(...is('XTERM')))
    expect(sent()).toBe(WILL_ECHO + hex(wire(IAC, DO, NEW_ENVIRON, IAC, WILL, CHARSET)))
    expect(peer.terminal).toEqual({ ...UNKNOWN_TERMINAL, type: 'xterm', asked: 'character', canHide: true })
    peer.receive(wire(IAC, DO, ECHO))
    expect(peer.terminal).toMatchObject({ input: 'character', asked: undefined })
    peer.hideInput(true)
    peer.hideInput(false)
    expect(sent()).toBe('')
  })

  it('WILL ECHO follows a refusal of TTYPE', () => {
    const { peer, sent } = started(IAC, WONT, TTYPE)
    expect(sent()).toBe(WILL_ECHO)
    peer.receive(wire(IAC, DO, ECHO))
    expect(peer.terminal).toMatchObject({ type: '', input: 'character', canHide: true })
  })

  it('WILL ECHO follows no other answer', () => {
    const { sent } = started(IAC, DO, SGA, ...size(80, 24), IAC, WONT, NAWS)
    expect(sent()).toBe('')
  })

  it('DONT ECHO is line mode, which does not hide, at once and later', () => {
    const { peer, sent } = started(IAC, WONT, TTYPE, IAC, DONT, ECHO)
    expect(peer.terminal).toMatchObject({ input: 'line', asked: undefined, canHide: false })
    sent()
    peer.hideInput(true)
    expect(sent()).toBe('')
    const later = started(...character())
    later.peer.receive(wire(IAC, DONT, ECHO))
    expect(later.peer.terminal).toMatchObject({ input: 'line', canHide: false })
  })

  it('DO ECHO after a refusal is character mode again', () => {
    const { peer } = started(...character(), IAC, DONT, ECHO, IAC, DO, ECHO)
    expect(peer.terminal).toMatchObject({ input: 'character', canHide: true })
  })

  it('DONT SGA is line mode: the peer gets its echo back, and GA after each prompt', () => {
    const { peer, sent } = started(...character())
    peer.promptEnd()
    sent()
    peer.receive(wire(IAC, DONT, SGA))
    expect(sent()).toBe(hex(wire(IAC, WONT, SGA)) + WONT_ECHO)
    expect(peer.terminal).toMatchObject({ input: 'line', canHide: true })
    peer.promptEnd()
    expect(sent()).toBe(hex(wire(IAC, GA)))
  })

  it('a client that asks for ECHO itself gets it, unless it is a MUD client or in line mode', () => {
    expect(started(IAC, DO, ECHO).peer.terminal.input).toBe('character')
    const client = started(...mud)
    client.sent()
    client.peer.receive(wire(IAC, DO, ECHO))
    expect([client.sent(), client.peer.terminal.input]).toEqual([WONT_ECHO, 'line'])
    const lines = started(IAC, DONT, SGA)
    lines.sent()
    lines.peer.receive(wire(IAC, DO, ECHO))
    expect([lines.sent(), lines.peer.terminal.input]).toEqual([WONT_ECHO, 'line'])
  })

  it('a MUD client gets WILL ECHO around secrets only, and its DO is no character mode', () => {
    const { peer, sent } = started(...mud)
    expect(sent()).not.toContain(WILL_ECHO)
    for (const confirmation of [[], [IAC, DONT, ECHO], []]) {
      peer.hideInput(true)
      expect(sent()).toBe(WILL_ECHO)
      peer.receive(wire(IAC, DO, ECHO))
      expect(peer.terminal).toMatchObject({ input: 'line', canHide: true })
      peer.hideInput(false)
      expect(sent()).toBe(WONT_ECHO)
      peer.receive(wire(...confirmation))
    }
  })

  it('a MUD client that is known only by MTTS gets its echo back', () => {
    const { peer, sent } = started(IAC, DO, SGA, IAC, WILL, TTYPE, ...is('NEWCLIENT'), IAC, DO, ECHO)
    expect(peer.terminal.input).toBe('character')
    peer.receive(wire(...is('XTERM')))
    sent()
    peer.receive(wire(...is('MTTS 73')))
    expect(sent()).toBe(WONT_ECHO + hex(wire(IAC, WILL, EOR)))
    expect(peer.terminal).toMatchObject({ type: 'xterm', input: 'line', canHide: true, screenReader: true })
    expect(peer.environment).toEqual({ CLIENT_NAME: 'NEWCLIENT', MTTS: '73' })
  })

  it('a secret asked for before the first answer is hidden with it, and character mode is none the worse', () => {
    const { peer, sent } = started()
    peer.hideInput(true)
    expect(sent()).toBe('')
    peer.receive(wire(IAC, DO, SGA))
    expect(sent()).toBe(WILL_ECHO)
    peer.receive(wire(IAC, DO, ECHO, IAC, WILL, TTYPE, ...is('XTERM')))
    expect(peer.terminal.input).toBe('character')
    peer.hideInput(false)
    expect(sent()).not.toContain(WONT_ECHO)
  })
})

describe('what is typed', () => {
  it('S19: is kept in order with what becomes known meanwhile', () => {
    const { heard, events } = started('he', IAC, WONT, TTYPE, IAC, DO, ECHO, 'lp', ...size(100, 30), '\r', IAC, IP, 'x')
    expect(heard).toEqual(["'he", 'terminal', "'lp", 'terminal', "'\r", 'interrupt', "'x"])
    expect(events[0]).toMatchObject({ terminal: { input: 'character', columns: 80 } })
    expect(events[1]).toMatchObject({ terminal: { input: 'character', columns: 100, rows: 30 } })
  })

  it('survives a negotiation in the middle of a character and of an Enter', () => {
    const [first, second] = wire('é') as unknown as [number, number]
    const { heard } = started('a', first, ...size(100, 30), second, '\r', IAC, DO, BINARY, ...size(90, 30), '\n', 'b')
    expect(heard).toEqual(["'a", 'terminal', "'é\r", 'terminal', "'b"])
  })

  it('becomes U+FFFD where it is no UTF-8, and no byte after it is lost', () => {
    const { peer, heard } = started('a', 0xc3, 'b', IAC, IAC, 'c', 0xf0, 0x9f)
    expect(heard).toEqual(["'a\ufffdb\ufffdc"])
    peer.finish()
    expect(heard).toEqual(["'a\ufffdb\ufffdc\ufffd"])
  })

  it('ends with the input: an unfinished sequence leaves nothing', () => {
    const { peer, heard } = started('a', IAC, SB, TTYPE, 0, 'x')
    peer.finish()
    expect(heard).toEqual(["'a"])
  })

  it('and all that comes between is the same at every split', () => {
    const bytes = wire(
      'hé',
      IAC,
      WILL,
      NAWS,
      'lp\r',
      ...size(255, 30),
      '\n',
      ...character(),
      IAC,
      WILL,
      NEW_ENVIRON,
      ...sb(NEW_ENVIRON, 0, 0, 'USER', 1, 'eve'),
      '日',
      IAC,
      IP,
      'x\r\0',
      IAC,
      EC,
      IAC,
      DO,
      TM,
      IAC,
      AYT,
      0xe2,
      0x82,
      IAC,
      NOP,
      0xac,
      ...sb(200, 'x'),
      IAC,
      DO,
      200,
      IAC,
      DO,
      STATUS,
      ...sb(STATUS, 1),
      IAC,
      AO,
      '\r',
      IAC,
      DONT,
      ECHO,
      '\nend',
    )
    const whole = started(...bytes)
    const [sent, heard] = [whole.sent(), whole.heard]
    expect(heard.join(' ')).toContain('interrupt')
    for (const size of sizes(bytes)) {
      const split = started()
      for (const piece of pieces(bytes, size)) split.peer.receive(piece)
      expect(split.sent(), `in pieces of ${size}`).toBe(sent)
      expect(split.heard, `in pieces of ${size}`).toEqual(heard)
      expect(split.peer.terminal).toEqual(whole.peer.terminal)
      expect(split.peer.environment).toEqual(whole.peer.environment)
    }
  })
})

describe('commands', () => {
  it.each([
    [IP, { type: 'interrupt' }],
    [BRK, { type: 'break' }],
    [AYT, { type: 'are-you-there' }],
    [EOF, { type: 'end-of-input' }],
    [SUSP, { type: 'signal', name: 'TSTP' }],
    [ABORT, { type: 'signal', name: 'QUIT' }],
  ])('%i is an event', (code, event) => expect(started(IAC, code).events).toEqual([event]))

  it('EC and EL are keys among those that are typed, whatever is read meanwhile', () => {
    expect(started('abx', IAC, EC, 'c\r', 'xyz', IAC, EL, 'd').heard).toEqual(["'abx\x7fc\rxyz\x15d"])
  })

  it('S19: NOP, DM, GA, a stray SE and unknown ones are not answered, as fast as they may come', () => {
    const { sent, heard } = started(
      ...Array.from({ length: 1000 }, () => [IAC, NOP, IAC, DM, IAC, GA, IAC, SE, IAC, 239]).flat(),
    )
    expect([sent(), heard]).toEqual(['', []])
  })

  it('AO is answered DM', () => expect(started(IAC, AO).sent()).toBe(hex(wire(IAC, DM))))

  it('AYT reaches the user a few times at once, then once a second', () => {
    const all = started(...Array.from({ length: 100 }, () => [IAC, AYT]).flat())
    expect(all.events).toHaveLength(TELNET_RATES.areYouThere.burst)
    all.now += 1000
    all.peer.receive(wire(IAC, AYT, IAC, AYT))
    expect(all.events).toHaveLength(TELNET_RATES.areYouThere.burst + 1)
  })

  it('each DO TIMING-MARK is answered WILL, after what was typed before it', () => {
    const order: string[] = []
    const all = wired()
    const { peer } = all
    for (const _ of [1, 2, 3]) {
      peer.receive(wire('a', IAC, IP, IAC, DO, TM))
      order.push(...all.heard.splice(0), all.sent())
    }
    const mark = hex(wire(IAC, WILL, TM))
    expect(order).toEqual(["'a", 'interrupt', mark, "'a", 'interrupt', mark, "'a", 'interrupt', mark])
    peer.receive(wire(IAC, DONT, TM, IAC, WILL, TM, IAC, WONT, TM))
    expect(all.sent()).toBe('')
  })

  it('so is each of thousands at once; a flood without end is not', () => {
    const all = started(...Array.from({ length: 10_000 }, () => [IAC, DO, TM]).flat())
    expect(all.sent().length / 6).toBe(TELNET_RATES.marks.burst)
  })
})

describe('options', () => {
  it('S19: LINEMODE and unknown ones are refused', () => {
    const { sent } = started(IAC, WILL, LINEMODE, IAC, DO, LINEMODE, IAC, WILL, 200, IAC, DO, 200)
    expect(sent()).toBe(hex(wire(IAC, DONT, LINEMODE, IAC, WONT, LINEMODE, IAC, DONT, 200, IAC, WONT, 200)))
  })

  it('S8: a window is believed whenever it comes, asked for or not, and 0 leaves what was', () => {
    const { peer, heard } = started(...size(100, 30))
    expect(peer.terminal).toMatchObject({ columns: 100, rows: 30 })
    peer.receive(wire(...size(0, 0)))
    peer.receive(wire(...size(100, 0)))
    expect(heard).toEqual(['terminal'])
    peer.receive(wire(...size(10_000, 10_000)))
    expect(peer.terminal).toMatchObject({ columns: 1000, rows: 1000 })
  })

  it('a window that is told to be 80 by 24 is news to nobody but those who ask whether it was told', () => {
    expect(started(...size(0, 0)).heard).toEqual([])
    const { peer, heard } = started(...size(80, 24))
    expect(peer.terminal).toMatchObject({ columns: 80, rows: 24, sized: true })
    peer.receive(wire(...size(80, 24)))
    expect(heard).toEqual(['terminal'])
  })

  it('a hundred sizes at once are one event', () => {
    const { events } = started(...Array.from({ length: 100 }, (_, index) => size(index + 1, 24)).flat())
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ terminal: { columns: 100 } })
  })

  it('S8: the environment is asked for once, and its changes are events', () => {
    const { peer, sent, events } = started(...character(), IAC, WILL, NEW_ENVIRON)
    expect(sent().split(ASK_ENVIRONMENT)).toHaveLength(2)
    peer.receive(wire(...sb(NEW_ENVIRON, 0, 0, 'USER', 1, 'eve', 3, 'LANG', 1, 'C')))
    expect(events.at(-1)).toMatchObject({ type: 'terminal', environment: { USER: 'eve', LANG: 'C' } })
    peer.receive(wire(...sb(NEW_ENVIRON, 2, 3, 'LANG', 0, 'USER', 1, 'mallory')))
    expect(peer.environment).toEqual({ USER: 'mallory' })
    const count = events.length
    peer.receive(wire(...sb(NEW_ENVIRON, 2, 0, 'USER', 1, 'mallory'), IAC, WONT, NEW_ENVIRON, IAC, WILL, NEW_ENVIRON))
    expect(events).toHaveLength(count)
    expect(sent()).not.toContain(ASK_ENVIRONMENT)
  })

  it('no name in it is taken for more than a name', () => {
    const { peer } = started(...character(), IAC, WILL, NEW_ENVIRON, ...sb(NEW_ENVIRON, 0, 0, '__proto__', 1, 'x'))
    expect(Object.getOwnPropertyNames(peer.environment)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(peer.environment)).toBe(Object.prototype)
  })

  it('Windows telnet is not asked for its environment, and not believed to have one, even if it offers it', () => {
    const { sent } = started(IAC, WILL, NEW_ENVIRON, ...character('ANSI'))
    expect(sent()).not.toContain(ASK_ENVIRONMENT)
  })

  it('UTF-8 is asked for once CHARSET is agreed, and agreed to when the peer asks', () => {
    const ours = started(...character(), IAC, DO, CHARSET)
    expect(ours.sent()).toContain(hex(wire(...sb(CHARSET, 1, ';UTF-8'))))
    ours.peer.receive(wire(...sb(CHARSET, 1, ';UTF-8'), ...sb(CHARSET, 2, 'UTF-8')))
    expect(ours.sent()).toBe(hex(wire(...sb(CHARSET, 3))))
    const theirs = started(IAC, WILL, CHARSET, ...sb(CHARSET, 1, ';UTF-8'))
    expect(theirs.sent()).toBe(hex(wire(IAC, DO, CHARSET, ...sb(CHARSET, 2, 'UTF-8'))))
    const neither = started(...sb(CHARSET, 1, ';UTF-8'), ...character(), IAC, DONT, CHARSET)
    expect(neither.sent()).not.toContain(hex(wire(IAC, SB, CHARSET)))
  })

  it('BINARY is agreed to, and leaves a CR alone', () => {
    const all = started()
    const { peer, sent } = all
    expect(all.encoding.encodeText('a\rb\n')).toBe('a\r\0b\r\n')
    peer.receive(wire(IAC, DO, BINARY, IAC, WILL, BINARY))
    expect(sent()).toBe(hex(wire(IAC, WILL, BINARY, IAC, DO, BINARY)))
    expect(all.encoding.encodeText('a\rb\n')).toBe('a\rb\r\n')
    peer.receive(wire(IAC, DONT, BINARY))
    expect(all.encoding.encodeText('a\rb\n')).toBe('a\r\0b\r\n')
  })

  it('EOR ends prompts where it is agreed; a MUD client is offered it', () => {
    const { peer, sent } = started(...mud)
    expect(sent()).toContain(hex(wire(IAC, WILL, EOR)))
    peer.promptEnd()
    expect(sent()).toBe('')
    peer.receive(wire(IAC, DO, EOR))
    peer.promptEnd()
    expect(sent()).toBe(hex(wire(IAC, 239)))
    const asker = started(IAC, DO, EOR)
    expect(asker.sent()).toBe(hex(wire(IAC, WILL, EOR)))
  })

  it('STATUS says what is in force, a few times at once', () => {
    const all = started(IAC, DO, SGA, IAC, WILL, NAWS, ...sb(STATUS, 1))
    expect(all.sent()).toBe('')
    all.peer.receive(wire(IAC, DO, STATUS))
    all.sent()
    for (let round = 0; round < 100; round++) all.peer.receive(wire(...sb(STATUS, 1)))
    const report = hex(wire(...sb(STATUS, 0, WILL, SGA, WILL, STATUS, DO, NAWS)))
    expect(all.sent()).toBe(report.repeat(TELNET_RATES.status.burst))
  })

  it('the terminal is asked for its name eight times at most, however it toggles', () => {
    const all = started()
    for (let round = 0; round < 30; round++)
      all.peer.receive(wire(IAC, WILL, TTYPE, ...is(`T${round}`), IAC, WONT, TTYPE))
    expect(all.sent().split(ASK_TYPE)).toHaveLength(9)
    expect(all.peer.terminal.type).toBe('t0')
  })
})

describe('a hostile peer', () => {
  /**
   * The most that the server's own requests may cost together: the names, the environment, the
   * character set, each option once.
   */
  const OWN = 8 * 6 + 6 + 12 + 11 * 2 * 3

  it('gets no more bytes of negotiation than it sends, over all options, again and again', () => {
    const all = started()
    const storm = wire(
      ...Array.from({ length: 256 }, (_, option) => [WILL, DO, WONT, DONT].flatMap(verb => [IAC, verb, option])).flat(),
    )
    for (let round = 1; round <= 20; round++) {
      all.now += 10_000
      all.peer.receive(storm)
    }
    expect(all.sent().length / 2).toBeLessThanOrEqual(20 * storm.length + OWN)
  })

  it('that turns SGA, ECHO and TTYPE on and off gets no more either', () => {
    const verbs = [SGA, ECHO, TTYPE, NEW_ENVIRON].flatMap(option =>
      [WILL, WONT, DO, DONT].map(verb => [IAC, verb, option]),
    )
    for (const first of verbs) {
      for (const second of verbs) {
        for (const third of verbs) {
          const all = started(...is('XTERM'))
          const bytes = wire(...first, ...second, ...third)
          for (let round = 0; round < 20; round++) all.peer.receive(bytes)
          expect(all.sent().length / 2, `repeating ${hex(bytes)}`).toBeLessThanOrEqual(20 * bytes.length + OWN)
        }
      }
    }
  })

  it('that contradicts every word comes to rest', () => {
    const all = wired()
    const contradiction: Readonly<Record<number, number>> = { [WILL]: DONT, [WONT]: DO, [DO]: WONT, [DONT]: WILL }
    all.peer.start()
    let words = 0
    for (let sent = all.sent(); sent !== ''; sent = all.sent()) {
      const bytes = Uint8Array.from(sent.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
      words += bytes.length / 3
      if (words > 100) break
      all.peer.receive(bytes.map((byte, index) => (index % 3 === 1 ? (contradiction[byte] ?? byte) : byte)))
    }
    expect(words).toBeLessThan(20)
  })

  it('cannot make a terminal of control characters', () => {
    const { peer } = started(IAC, WILL, TTYPE, ...is('\u001b[2Jx\u0007'))
    expect(peer.terminal.type).toBe('[2jx')
  })

  it('that hides and shows by a host which answers back in mid-chunk hears it in order', () => {
    const all = started(...mud)
    all.sent()
    const { heard } = all
    all.peer.hideInput(true)
    all.peer.receive(wire(IAC, DO, ECHO, 'secret\r\n'))
    all.peer.hideInput(false)
    expect(heard.at(-1)).toBe("'secret\r")
    expect(all.sent()).toBe(WILL_ECHO + WONT_ECHO)
  })
})

describe('the terminal', () => {
  it('is plain data, and a new object at each change', () => {
    const { peer } = started()
    const seen = new Set<Terminal>()
    for (const parts of [size(90, 20), size(90, 20), [IAC, DO, SGA], size(91, 20)]) {
      peer.receive(wire(...parts))
      seen.add(peer.terminal)
    }
    expect(seen.size).toBe(3)
    expect(structuredClone(peer.terminal)).toEqual(peer.terminal)
  })
})
