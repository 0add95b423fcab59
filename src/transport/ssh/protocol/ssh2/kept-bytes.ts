import { createSecretKey } from 'node:crypto'

/**
 * What ssh2 keeps as bytes until the next key exchange, in its own fields, made cheap to keep.
 *
 * A few bytes out of Node's pool keep 8 KiB of it: 2.7 KiB for each connection. They get memory of
 * their own. A key for `createCipheriv` and `createHmac` becomes a `KeyObject`: Node 24 takes 11 µs
 * to see that bytes are none, and a packet is one such call, or three (ChaCha20).
 */
export function keepBytes(holder: object): void {
  for (const [name, value] of Object.entries(holder)) {
    if (!(value instanceof Uint8Array)) continue
    if (KEY.test(name)) Reflect.set(holder, name, createSecretKey(value))
    else if (value.buffer.byteLength >= Buffer.poolSize) Reflect.set(holder, name, unpooledCopy(value))
  }
}

/** Not a view of what is shared with others. */
export function unpooledCopy(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  copy.set(bytes)
  return copy
}

/** `_encKey`, `_decipherKey`; `_encKeyMain`, `_decKeyPktLen`, … (ChaCha20); `_macKey`. */
const KEY = /^_(?:enc|dec|decipher|mac)Key/
