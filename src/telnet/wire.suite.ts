import type { ConnectionEvent } from '../core/connection.ts'
import type { TextEncoding } from '../core/text/text-encoding.ts'
import { NVT_TEXT } from './encoder.ts'
import { TelnetPeer } from './peer.ts'

/** Returns bytes of the wire: strings as UTF-8, numbers unchanged. */
export function wire(...parts: readonly (string | number)[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.of(part)))),
  )
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
}

/** Returns the pieces of `size` bytes, the last one maybe shorter. */
export function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) found.push(bytes.subarray(at, at + size))
  return found
}

/** 1 … n. */
export function sizes(bytes: Uint8Array): number[] {
  return Array.from(bytes, (_, index) => index + 1)
}

/** A peer with a host that records input and events in one order, and sent bytes in another. */
export interface Wired {
  readonly peer: TelnetPeer
  /** Text, and events by their type; adjacent texts are one, and so are adjacent `terminal`s. */
  readonly heard: string[]
  readonly events: ConnectionEvent[]
  /** Returns what the peer has sent, as hex, since the last call. */
  readonly sent: () => string
  /** How text is to be encoded. */
  encoding: TextEncoding
  /** The clock, in milliseconds. */
  now: number
}

export function wired(): Wired {
  let out = ''
  const heard: string[] = []
  const events: ConnectionEvent[] = []
  const peer = new TelnetPeer(
    {
      input: {
        text: text => void (heard.at(-1)?.startsWith("'") ? heard.push(heard.pop() + text) : heard.push(`'${text}`)),
        event: event => {
          events.push(event)
          if (event.type !== 'terminal' || heard.at(-1) !== 'terminal') heard.push(event.type)
        },
      },
      send: bytes => void (out += hex(bytes)),
      encodeTextAs: encoding => void (all.encoding = encoding),
    },
    { now: () => all.now },
  )
  const sent = () => {
    const all = out
    out = ''
    return all
  }
  const all: Wired = { peer, heard, events, sent, encoding: NVT_TEXT, now: 0 }
  return all
}
