import { createSecretKey } from 'node:crypto'

/**
 * Reduces the cost of bytes that ssh2 keeps in its own fields until the next key exchange.
 *
 * A few bytes out of Node's pool keep 8 KiB of it: 2.7 KiB for each connection. They get memory of
 * their own. A key for `createCipheriv` and `createHmac` becomes a `KeyObject`, which saves 11 µs a
 * call on Node 24. A packet is one such call, or three (ChaCha20).
 */
export function keepBytes(holder: object): void {
  for (const [name, value] of Object.entries(holder)) {
    if (!(value instanceof Uint8Array)) continue
    if (KEY.test(name)) Reflect.set(holder, name, createSecretKey(value))
    else if (value.buffer.byteLength >= Buffer.poolSize) Reflect.set(holder, name, unpooledCopy(value))
  }
}

/** Returns a copy with memory of its own. */
export function unpooledCopy(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  copy.set(bytes)
  return copy
}

/** Matches `_encKey`, `_decipherKey`; `_encKeyMain`, `_decKeyPktLen`, … (ChaCha20); `_macKey`. */
const KEY = /^_(?:enc|dec|decipher|mac)Key/
