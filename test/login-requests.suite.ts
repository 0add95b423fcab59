import type { TestKey } from '../src/transport/ssh/keys/keys.suite.ts'
import { userAuth, type RawClient } from '../src/transport/ssh/raw-client.suite.ts'
import { WireWriter } from '../src/transport/ssh/protocol/wire.ts'

/** Requests by which a client logs in over SSH, as `alice`. */
export type LoginRequest = (client: RawClient) => Uint8Array

function keyRequest(signed: boolean, { algorithm, blob }: TestKey): Buffer {
  const key = new WireWriter().boolean(signed).string(algorithm).string(blob).bytes()
  return userAuth('alice', 'publickey', key)
}

/** The question whether a key would do. */
export function asked(key: TestKey): LoginRequest {
  return () => keyRequest(false, key)
}

/** A key with its signature, over `data` in place of what it should be. */
export function signed(key: TestKey, data?: Buffer): LoginRequest {
  return ({ sessionId }) => {
    const request = keyRequest(true, key)
    const right = new WireWriter().string(sessionId).raw(request).bytes()
    return new WireWriter()
      .raw(request)
      .string(key.sign(data ?? right))
      .bytes()
  }
}

/** The signature has the right form, and is over something else. */
export function forged(key: TestKey): LoginRequest {
  return signed(key, Buffer.from('something else'))
}

export const password: LoginRequest = () =>
  userAuth('alice', 'password', new WireWriter().boolean(false).string('x').bytes())
export const none: LoginRequest = () => userAuth('alice', 'none')
export const questions: LoginRequest = () =>
  userAuth('alice', 'keyboard-interactive', new WireWriter().string('').string('').bytes())
