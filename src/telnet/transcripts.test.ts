import { describe, expect, it } from 'vitest'
import { UNKNOWN_TERMINAL, type Environment, type Terminal } from '../core/connection.ts'
import { fromHex, hex, pieces, wired } from './wire.suite.ts'

/**
 * What real clients send to a peer, recorded in a terminal of 100 by 30 (`TERM=xterm-256color`,
 * UTF-8). They connect, type `aé日` and Enter, the window becomes 90 by 20, Ctrl-C, `q` and Enter.
 * `talk` has each of their packets and the peer's reply. Replies to a request that is no longer
 * sent, the second for a terminal's name, are left out.
 */
interface Transcript {
  readonly client: string
  readonly talk: readonly (readonly [received: string, sent: string])[]
  readonly text: string
  readonly terminal: Terminal
  readonly environment: Environment
}

const OPENING = 'fffb03fffd18fffd1f'
const SEND = 'fffa1801fff0'
const IS_XTERM = 'fffa1800585445524dfff0'
const IS_XTERM_256COLOR = 'fffa1800585445524d2d323536434f4c4f52fff0'
const IS_LOWER_CASE = 'fffa1800787465726d2d323536636f6c6f72fff0'
const XTERM: Terminal = {
  ...UNKNOWN_TERMINAL,
  type: 'xterm-256color',
  columns: 90,
  rows: 20,
  sized: true,
  input: 'character',
  announcesMode: false,
  canHide: true,
}

const TRANSCRIPTS: readonly Transcript[] = [
  {
    client: 'inetutils telnet 2.4',
    talk: [
      ['fffd03fffb18fffb1ffffa1f0064001efff0', SEND],
      [IS_XTERM_256COLOR, 'fffb01fffd27fffb2a'],
      ['fffd01fffb27fffe2a', 'fffa2701fff0'],
      ['fffa2700fff0', ''],
      ['61c3a9e697a5', ''],
      ['0d00', ''],
      ['fffa1f005a0014fff0', ''],
      ['03', ''],
      ['71', ''],
      ['0d00', ''],
    ],
    text: 'aé日\r\u0003q\r',
    terminal: XTERM,
    environment: {},
  },
  {
    client: 'plink -telnet 0.78',
    talk: [
      ['fffb1ffffb20fffb18fffb27fffd01fffb03fffd03fffa1f0064001efff0', `fffe20${SEND}fffd27fffb01fffd03`],
      [IS_XTERM, 'fffb2afffa2701fff0'],
      ['fffe2afffa2700005553455201726f6f74fff0', ''],
      ['61c3a9e697a5', ''],
      ['0d00', ''],
      ['fffa1f005a0014fff0', ''],
      ['03', ''],
      ['71', ''],
      ['0d00', ''],
    ],
    text: 'aé日\r\u0003q\r',
    terminal: { ...XTERM, type: 'xterm' },
    environment: { USER: 'root' },
  },
  {
    client: 'busybox telnet 1.35, which does not tell of a changed window',
    talk: [
      ['fffd03fffb18fffb1ffffa1f0064001efff0', SEND],
      [IS_LOWER_CASE, 'fffb01fffd27fffb2a'],
      ['fffd01fffc27fffe2a', ''],
      ['61c3a9e697a5', ''],
      ['0d0a', ''],
      ['03', ''],
      ['71', ''],
      ['0d0a', ''],
    ],
    text: 'aé日\r\u0003q\r',
    terminal: { ...XTERM, columns: 100, rows: 30, announcesMode: true },
    environment: {},
  },
  {
    client: 'C-Kermit 10.0 beta 8',
    talk: [
      ['fffd03fffb25fffb1ffffb18fffb27fffb2c', `fffe25${SEND}fffd27fffe2c`],
      [IS_XTERM_256COLOR, 'fffb01fffb2afffa2701fff0'],
      ['fffa1f0064001efff0fffd2ffffb2ffffd01fffe2a', 'fffc2ffffe2f'],
      ['fffa2700005553455201726f6f740053595354454d5459504501554e4958fff0', ''],
      ['61c3a9e697a5', ''],
      ['0d', ''],
      ['0a', ''],
      ['fffa1f005a0014fff0', ''],
      ['03', ''],
      ['71', ''],
      ['0d', ''],
      ['0afffd12', 'fffc12'],
    ],
    text: 'aé日\r\u0003q\r',
    terminal: XTERM,
    environment: { USER: 'root', SYSTEMTYPE: 'UNIX' },
  },
  {
    client: 'tt++ 2.02.20, which sends lines and keeps Ctrl-C for itself',
    talk: [
      ['fffd03fffb18fffb1ffffa1f0064001efff0', SEND],
      ['fffa180054494e54494e2b2bfff0', `${SEND}fffb19fffd27fffb2a`],
      [IS_LOWER_CASE, SEND],
      ['fffd19fffb27fffd2a', 'fffa2701fff0fffa2a013b5554462d38fff0'],
      ['fffa18004d54545320323731fff0', ''],
      ['fffa2a025554462d38fff0', ''],
      ['61c3a9e697a50d0a', ''],
      ['fffa1f005a0014fff0', ''],
      ['710d0a', ''],
    ],
    text: 'aé日\rq\r',
    terminal: { ...XTERM, input: 'line' },
    environment: { CLIENT_NAME: 'TINTIN++', MTTS: '271' },
  },
]

describe('S19: a recorded client is understood', () => {
  it.each(TRANSCRIPTS)('$client', ({ talk, text, terminal, environment }) => {
    const { peer, heard, sent } = wired()
    peer.start()
    expect(sent()).toBe(OPENING)
    for (const [received, answer] of talk) {
      peer.receive(fromHex(received))
      expect(sent(), `the answer to ${received}`).toBe(answer)
    }
    expect(typed(heard)).toBe(text)
    expect({ terminal: peer.terminal, environment: peer.environment }).toEqual({ terminal, environment })
  })

  it.each(TRANSCRIPTS)('$client, at every split', ({ talk, text, terminal }) => {
    const bytes = fromHex(talk.map(([received]) => received).join(''))
    const answers = talk.map(([, sent]) => sent).join('')
    for (let size = 1; size <= bytes.length; size++) {
      const { peer, heard, sent } = wired()
      peer.start()
      for (const piece of pieces(bytes, size)) peer.receive(piece)
      expect(sent(), `in pieces of ${size}, ${hex(bytes)}`).toBe(OPENING + answers)
      expect([typed(heard), peer.terminal]).toEqual([text, terminal])
    }
  })
})

/** Returns all the text in the record. */
function typed(heard: readonly string[]): string {
  return heard
    .filter(entry => entry.startsWith("'"))
    .map(entry => entry.slice(1))
    .join('')
}
