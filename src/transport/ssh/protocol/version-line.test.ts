import { describe, expect, it } from 'vitest'
import { VersionLine } from './version-line.ts'

/** Returns the result of bytes in pieces of one size: all of them, once the line is complete. */
function fed(text: string, size: number): string | undefined {
  const line = new VersionLine()
  let at = 0
  for (; at < text.length; at += size) {
    const whole = line.add(Buffer.from(text.slice(at, at + size)))
    if (whole !== undefined) return whole + text.slice(at + size)
  }
  return undefined
}

describe('a version line', () => {
  const text = 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\x00\x00\x03\xcc'

  it.each(Array.from({ length: text.length }, (_, i) => i + 1))('is gathered from pieces of %i bytes', size => {
    expect(fed(text, size)).toBe(text)
  })

  it('is not whole before its end', () => {
    expect(fed('SSH-2.0-x\r', 1)).toBeUndefined()
    expect(fed('SSH-2.0-x\n', 1)).toBe('SSH-2.0-x\n')
  })

  it.each([1, 100, 1000])('is of 255 bytes at most, in pieces of %i', size => {
    const longest = `SSH-2.0-${'x'.repeat(245)}\r\n`
    expect(fed(longest, size)).toBe(longest)
    expect(() => fed(`SSH-2.0-${'x'.repeat(246)}\r\n`, size)).toThrow('a version of more than 255 bytes')
    expect(() => fed(`SSH-2.0-${'x'.repeat(1000)}`, size)).toThrow('a version of more than 255 bytes')
  })

  it.each(['GET / HTTP/1.1', '\xff\xfb\x1f', 'ssh-2.0-x', '\r\nSSH-2.0-x'])('begins with SSH-, not with %j', other => {
    expect(() => fed(other, 1)).toThrow('the client does not begin with SSH-')
    expect(() => fed(other, 100)).toThrow('the client does not begin with SSH-')
  })
})
