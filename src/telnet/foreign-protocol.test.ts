import { describe, expect, it } from 'vitest'
import { LONGEST_GREETING_BYTES, ForeignGreeting } from './foreign-protocol.ts'

/** Returns what is found when bytes come in pieces of that size. */
function found(text: string, size: number) {
  const watch = new ForeignGreeting()
  const bytes = Uint8Array.from(text, character => character.charCodeAt(0))
  for (let at = 0; at < bytes.length; at += size) {
    const finding = watch.look(bytes.subarray(at, at + size))
    if (finding !== undefined) return finding
  }
  return undefined
}

describe('foreign protocols', () => {
  it.each([
    ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'http'],
    ['POST /cgi-bin/login?a=b HTTP/1.0\r\n', 'http'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'http'],
    ['OPTIONS sip:nm SIP/2.0\r\n', false],
    ['SSH-2.0-OpenSSH_9.6\r\n', 'ssh'],
    ['SSH-1.99-x\r\n', 'ssh'],
    ['\x16\x03\x01\x02\0\x01\0', 'tls'],
    ['GET the lamp\r\n', false],
    ['get / http\r\n', false],
    ['joe\r\n', false],
    ['\xff\xfb\x18', false],
    ['\r\n', false],
    ['GET / HTTP', undefined],
    ['SSH-', undefined],
    ['X', undefined],
    [`GET /${'a'.repeat(LONGEST_GREETING_BYTES)} HTTP/1.1\r\n`, false],
  ])('%j are told by their first bytes, in pieces of any size', (text, expected) => {
    for (let size = 1; size <= text.length; size++) expect([size, found(text, size)]).toEqual([size, expected])
  })
})
