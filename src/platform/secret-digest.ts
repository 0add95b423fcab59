import { createHmac, randomBytes } from 'node:crypto'

/**
 * Makes a function that stands for texts without keeping them: 128 bits of an HMAC-SHA-256 under a key that nobody has seen, 22 characters however long the text.
 * Nobody outside can find two texts that it takes for one, or try out what was meant (3 µs for each).
 */
export function secretDigest(): (text: string) => string {
  const key = randomBytes(32)
  return text => createHmac('sha256', key).update(text).digest('base64').slice(0, 22)
}
