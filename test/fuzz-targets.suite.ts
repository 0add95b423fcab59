import { AnswerbackError } from '../src/core/options/errors.ts'
import { readUsage } from '../src/shell/usage/reader.ts'
import { WordReader } from '../src/shell/words/reader.ts'
import { ForeignGreeting } from '../src/telnet/foreign-protocol.ts'
import { wired } from '../src/telnet/wire.suite.ts'
import { sanitize } from '../src/core/text/sanitize.ts'
import { KeyDecoder } from '../src/terminal/key-decoder.ts'
import { readProxyHeader } from '../src/transport/net/proxy-header.ts'
import { readAuthorizedKeys } from '../src/transport/ssh/keys/authorized-keys.ts'
import { isSignedBy, judgeCertificate, readCertificate } from '../src/transport/ssh/keys/certificate.ts'
import { certificate, ed25519Key } from '../src/transport/ssh/keys/keys.suite.ts'
import { readPublicKey } from '../src/transport/ssh/keys/public-key.ts'
import { channelSeeds, loginSeeds, runChannels, runLogin } from './fuzz-ssh.suite.ts'
import { runSession } from './fuzz-session.suite.ts'
import type { Target } from './fuzz.suite.ts'

/** Everything that reads what a peer, a user or a file says. */
export const TARGETS: readonly Target[] = [
  {
    name: 'telnet peer',
    seeds: hexed(
      // inetutils telnet, PuTTY and Mudlet, as they were recorded.
      'fffd03fffb18fffb1ffffa1f0064001efff0fffa1800585445524d2d323536434f4c4f52fff0fffd01fffb27fffe2a61c3a9e697a50d00fffa1f005a0014fff00371',
      'fffb1ffffb20fffb18fffb27fffd01fffb03fffd03fffa1800585445524dfff0fffa270000555345520174657374fff0726f6f740d0a',
      'fffd03fffb18fffb1ffffc27fffa18004d55444c4554fff0fffb2afffa2a025554462d38fff06c6f6f6b0d0a',
      'fff6fff5fff4fff3fffdfffd06fff9fff1fffa05010005fff0',
    ),
    run(input, cut) {
      const [whole, parted] = [heardOf([input]), heardOf([input.subarray(0, cut), input.subarray(cut)])]
      same(whole.heard, parted.heard)
      same(whole.sent, parted.sent)
      // Nobody gets much more out of it than they put in.
      if (whole.sent.length / 2 > 64 + 16 * input.length) throw new Error(`${whole.sent.length / 2} bytes are sent`)
    },
  },
  {
    name: 'foreign protocols',
    seeds: texts(
      'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
      'SSH-2.0-OpenSSH_9.6\r\n',
      '\x16\x03\x01\x02\0\x01\0',
      'look\r\n',
    ),
    run(input, cut) {
      const watch = new ForeignGreeting()
      const first = watch.look(input.subarray(0, cut))
      if (first === undefined) watch.look(input.subarray(cut))
      else if (first !== false) same(new ForeignGreeting().look(input), first)
    },
  },
  {
    name: 'key decoder',
    seeds: texts(
      'echo hi\r',
      '\x1b[A\x1b[1;5C\x1bOP\x1b[3~\x1b[27;5;13~\x1b[97;5u',
      '\x1b[200~pasted\rtext\x1b[201~typed\r',
      '\x1b]11;rgb:0/0/0\x07\x1bP+r\x1b\\\x1b[?1;2c\x1b[<0;1;1M\x1b[M !!',
      '日本 👩‍👩‍👧 e\u0301\x7f\x08\t',
    ),
    run(input, cut) {
      const text = Buffer.from(input).toString()
      const at = Math.min(cut, text.length)
      same(keysOf([text]), keysOf([text.slice(0, at), text.slice(at)]))
    },
  },
  {
    name: 'words',
    seeds: texts('echo 1  "2    3"', 'a\\ b \'c d\'e"f" \\\\ \\t', '"open', 'trailing \\', 'echo "a\nb" c\\\nd'),
    run(input) {
      const text = Buffer.from(input).toString()
      const reader = new WordReader()
      for (const line of text.split('\n')) {
        const words = reader.read(line)
        if (words?.some(word => word.length > text.length)) throw new Error('a word is longer than its line')
      }
      for (const { start, end } of reader.locate(text)) {
        if (start < 0 || end < start || end > text.length) throw new Error('a word is where there is none')
      }
    },
  },
  {
    name: 'usage reader',
    seeds: texts(
      'echo|copy <text...>',
      'user add <name> [role:admin|guest=guest]',
      'log [-f, --follow] [-n, --count <n:integer=10>] [--tag <t>...]',
      'set <key> [value:number]',
    ),
    run(input) {
      try {
        readUsage(Buffer.from(input).toString())
      } catch (error) {
        if (!(error instanceof AnswerbackError)) throw error
      }
    },
  },
  {
    name: 'PROXY header',
    seeds: [
      ...texts(
        'PROXY TCP4 192.0.2.1 203.0.113.9 443 23\r\n',
        'PROXY UNKNOWN\r\n',
        'PROXY TCP6 2001:db8::1 ::2 1 2\r\n',
      ),
      ...hexed(
        '0d0a0d0a000d0a515549540a2111000cc0000201cb00710901bb0017',
        '0d0a0d0a000d0a515549540a20000000',
        '0d0a0d0a000d0a515549540a2121002420010db800000000000000000000000120010db800000000000000000000000204d20017',
      ),
    ],
    run(input, cut) {
      const bytes = Buffer.from(input)
      const [whole, part] = [readProxyHeader(bytes), readProxyHeader(bytes.subarray(0, cut))]
      if (whole.type === 'header' && whole.length > bytes.length) throw new Error('the header is longer than the input')
      if (part.type !== 'incomplete') same(part, whole)
    },
  },
  {
    name: 'authorized_keys',
    seeds: texts(
      `ssh-ed25519 ${ed25519Key().blob.toString('base64')} joe@example`,
      `restrict,pty,from="192.0.2.0/24,!192.0.2.9",command="echo \\"hi\\"" ssh-ed25519 ${ed25519Key().blob.toString('base64')}`,
      '# comment\n\nexpiry-time="20300101",cert-authority ssh-rsa AAAA',
    ),
    run(input) {
      const text = Buffer.from(input).toString()
      const { keys, refused } = readAuthorizedKeys(text)
      if (keys.length + refused.length > text.split('\n').length) throw new Error('there are more keys than lines')
    },
  },
  {
    name: 'certificate',
    seeds: [
      certificate(ed25519Key(), ed25519Key()),
      certificate(ed25519Key(), ed25519Key(), { critical: { 'force-command': 'ls' } }),
    ],
    run(input) {
      readPublicKey(input)
      const read = readCertificate(input)
      if (typeof read === 'string') return
      judgeCertificate(read, { name: 'alice', address: '192.0.2.1', now: 1_500_000 })
      const authority = readPublicKey(read.authority)
      if (authority?.sound === true) isSignedBy(authority, read)
    },
  },
  {
    name: 'whole session',
    seeds: [
      ...[0, 1, 2, 3, 4, 5, 6, 7].map(peer => Uint8Array.of(peer, 3, 0, 3, 1, 4, 0, 3, 12, 3, 2, 6, 40, 4, 7, 3, 9)),
      ...[0, 5, 7].map(peer => Uint8Array.of(peer, 3, 12, 3, 4, 7, 0, 4, 0, 7, 1, 5, 12, 1, 2, 3, 5, 6, 255, 3, 6)),
      ...[0, 1, 2].map(peer => Uint8Array.from([peer, ...Buffer.from('@echo hi\r@ask\r@\t\t@\x1b[A\x1b[200~x')])),
      // Each event, over and over, while a command runs and while nothing does.
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map(event =>
        Uint8Array.from([event % 3, 3, 0, ...Array.from({ length: 100 }, () => [4, event]).flat()]),
      ),
    ],
    run: runSession,
  },
  { name: 'SSH login', seeds: loginSeeds(), run: runLogin },
  { name: 'SSH channels', seeds: channelSeeds(), run: runChannels },
  {
    name: 'sanitized text',
    seeds: texts('\x1b[31mred\x1b[0m', 'a\u202eb\u2066', 'plain\tand\nlines\r\n', 'a\u2028\n \0b', '\u009b2J'),
    run(input) {
      const text = sanitize(Buffer.from(input).toString())
      if (/[^\P{Cc}\t\n]|[\u2028-\u202e\u2066-\u2069]/u.test(text)) throw new Error('harm is left in it')
      if (/\n(?! {2}|\n|$)/.test(text)) throw new Error('it can pass for two')
    },
  },
]

function heardOf(pieces: readonly Uint8Array[]): { heard: readonly string[]; sent: string } {
  const all = wired()
  all.peer.start()
  for (const piece of pieces) all.peer.receive(piece)
  all.peer.finish()
  return { heard: all.heard, sent: all.sent() }
}

/** Runs of text are one, however they come. */
function keysOf(pieces: readonly string[]): string[] {
  const keys: string[] = []
  let text = ''
  const key = (name: string): boolean => {
    if (text !== '') keys.push(`'${text}`)
    text = ''
    keys.push(name)
    return true
  }
  const sink = { text: (run: string) => ((text += run), true), key }
  const decoder = new KeyDecoder()
  for (const piece of pieces) {
    const end = decoder.feed(piece, 0, sink)
    same(end, piece.length)
  }
  decoder.expire(sink)
  key('end')
  return keys
}

function same(a: unknown, b: unknown): void {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)]
  if (one !== other) throw new Error(`${one}\nis not\n${other}`)
}

function texts(...all: string[]): Uint8Array[] {
  return all.map(text => Buffer.from(text))
}

function hexed(...all: string[]): Uint8Array[] {
  return all.map(text => Buffer.from(text, 'hex'))
}

export function targetOf(name: string): Target {
  const target = TARGETS.find(each => each.name === name)
  if (target === undefined)
    throw new Error(`there is no target ${name}; there are ${TARGETS.map(each => each.name).join(', ')}`)
  return target
}
