import { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { SILENT } from '../../core/log.ts'
import { Deadlines } from '../../core/time/deadlines.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { HYBRID } from './protocol/hybrid.ts'
import { bySignature, chooseAlgorithms, chooseAvailable, offerOf } from './protocol/algorithms.ts'
import { SshConnection } from './connection.ts'
import { readHostKeys } from './keys/host-key.ts'
import { admitting, HOST_KEY, OPEN } from './server.suite.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { makeOffer } from './protocol/ssh2/transport-layer.ts'
import { TrustedKeys } from './keys/trusted-keys.ts'

/** A socket whose peer reads on request. */
class StallingSocket extends Duplex {
  #taken: (() => void) | undefined

  override _read(): void {}

  override _write(_chunk: unknown, _encoding: unknown, taken: () => void): void {
    this.#taken = taken
  }

  takeAll(): void {
    while (this.#taken !== undefined) {
      const taken = this.#taken
      this.#taken = undefined
      taken()
    }
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }
}

function clientOn(socket: StallingSocket): SshConnection {
  const clock = new ManualClock()
  const keys = readHostKeys(HOST_KEY)
  const settings = {
    host: {
      authenticator: OPEN,
      clock,
      scheduler: clock,
      deadlines: new Deadlines(clock),
      log: SILENT,
      limitedLog: SILENT,
      admit: admitting(),
      open: () => {},
    },
    authenticator: OPEN,
    everybody: undefined,
    keys: new TrustedKeys(undefined, SILENT),
    packets: {
      clock,
      hostKeys: bySignature(keys),
      offer: makeOffer(offerOf(chooseAvailable(chooseAlgorithms(), name => name !== HYBRID).algorithms, keys)),
      encapsulate: undefined,
      rekeyBytes: Infinity,
      rekeyInterval: Infinity,
    },
    limits: DEFAULT_LIMITS,
    environment: /^$/,
    keepAliveInterval: Infinity,
  }
  const admission = { type: 'admitted', evictable: undefined, loggedIn: () => {}, release: () => {} } as const
  return new SshConnection(
    socket as unknown as Socket,
    { transport: 'ssh', secure: true },
    settings,
    admission,
    () => {},
  )
}

it('a client that does not read its answers is not read from either, until it does', async () => {
  const socket = new StallingSocket()
  const client = clientOn(socket)
  client.write(Buffer.alloc(1024 * 1024 - 1000))
  expect(socket.isPaused()).toBe(false)
  client.write(Buffer.alloc(2000))
  expect([socket.isPaused(), client.hasRoom]).toEqual([true, false])
  const drained = new Promise(resolve => socket.once('drain', resolve))
  socket.takeAll()
  await drained
  expect([socket.isPaused(), client.hasRoom]).toEqual([false, true])
  client.close('done')
})
