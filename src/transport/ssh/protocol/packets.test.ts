import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../testing/manual-clock.ts'
import { SYSTEM_CLOCK } from '../../../platform/system-clock.ts'
import { MESSAGE } from './codes.ts'
import { channelData, channelRequest, HYBRID, openSession, RawClient } from '../raw-client.suite.ts'
import { TestServer } from '../server.suite.ts'
import { WireReader, WireWriter } from './wire.ts'

let server: TestServer
beforeAll(async () => {
  server = await TestServer.start()
})
afterAll(() => server.close())

async function shellOn(client: RawClient): Promise<void> {
  client.send(openSession(0))
  await client.next(MESSAGE.CHANNEL_OPEN_CONFIRMATION)
  client.send(channelRequest(0, 'shell', true))
  await client.next(MESSAGE.CHANNEL_SUCCESS)
}

describe('the key exchange', () => {
  it('is the hybrid one with a client that knows it, again and again, whoever asks for new keys', async () => {
    const client = await RawClient.loggedIn(server.port, { kex: [HYBRID, 'curve25519-sha256'] })
    expect(client.exchange?.getPublicKey().length).toBe(1184 + 32)
    await shellOn(client)
    for (let round = 2; round <= 4; round += 1) {
      client.rekey()
      await client.until(() => client.exchanges === round)
    }
    client.send(channelData(0, 'still here'))
    const { text } = await lastText('still here')
    expect(text).toBe('still here')
    client.destroy()
  })

  it.each(['curve25519-sha256', 'diffie-hellman-group16-sha512'])(
    'is %s with a client that knows no better',
    async kex => {
      const client = await RawClient.loggedIn(server.port, { kex: [kex] })
      expect(client.exchanges).toBe(1)
      client.destroy()
    },
  )

  it.each(['aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr'])(
    'leads to %s',
    async cipher => {
      const client = await RawClient.loggedIn(server.port, { cipher: [cipher] })
      client.destroy()
      expect(client.exchanges).toBe(1)
    },
  )

  it.each([
    ['diffie-hellman-group14-sha1'],
    ['diffie-hellman-group1-sha1'],
    ['ecdh-sha2-nistp256'],
    ['diffie-hellman-group18-sha512'],
  ])('is refused by %s alone', async kex => {
    await expect(RawClient.connect(server.port, { kex: [kex] })).rejects.toThrow('closed')
    expect(server.reasons.at(-1)).toContain('no matching key exchange')
  })

  it('tells the signatures that we verify, without SHA-1 (RFC 8308)', async () => {
    const client = await RawClient.connect(server.port)
    const reader = new WireReader(await client.next(MESSAGE.EXT_INFO), 1)
    expect([reader.uint32(), reader.text()]).toEqual([1, 'server-sig-algs'])
    const names = reader.names()
    expect(names).toContain('rsa-sha2-512')
    expect(names).toContain('ecdsa-sha2-nistp521')
    expect(names).not.toContain('ssh-rsa')
    client.destroy()
  })
})

async function lastText(text: string): Promise<{ text: string }> {
  const received = server.opened.at(-1)
  if (received === undefined) throw new Error('no connection')
  await received.until(() => received.text.includes(text))
  return received
}

describe('new keys', () => {
  it('come by themselves when enough was sent', async () => {
    const small = await TestServer.start({ options: { limits: { rekeyBytes: 20_000 } } })
    const client = await RawClient.loggedIn(small.port)
    client.send(openSession(0))
    await client.next(MESSAGE.CHANNEL_OPEN_CONFIRMATION)
    client.send(channelRequest(0, 'shell', true))
    const received = await small.connection()
    for (let i = 0; i < 10; i += 1) client.send(channelData(0, 'x'.repeat(4000)))
    await client.until(() => client.exchanges >= 2)
    await received.until(() => received.text.length === 40_000)
    received.connection.write('y'.repeat(50_000))
    await client.until(() => client.exchanges >= 3)
    client.destroy()
    await small.close()
  })

  it('come by themselves when enough time has passed', async () => {
    const clock = new ManualClock()
    const slow = await TestServer.start({ clock })
    const client = await RawClient.loggedIn(slow.port)
    client.send(openSession(0))
    await client.next(MESSAGE.CHANNEL_OPEN_CONFIRMATION)
    client.send(channelRequest(0, 'shell', true))
    await client.next(MESSAGE.CHANNEL_SUCCESS)
    await clock.advance(3600_000)
    client.send(channelData(0, 'x'))
    await client.until(() => client.exchanges === 2)
    client.destroy()
    await slow.close()
  })

  it('must be finished in time', async () => {
    const clock = new ManualClock()
    const slow = await TestServer.start({ clock, options: { limits: { rekeyBytes: 5000 } } })
    const client = await RawClient.loggedIn(slow.port)
    client.send(openSession(0))
    client.send(channelRequest(0, 'shell', true))
    const received = await slow.connection()
    client.socket.pause()
    received.connection.write('x'.repeat(10_000))
    await new Promise(resolve => setImmediate(() => setImmediate(resolve)))
    await clock.advance(60_000)
    await slow.until(() => slow.reasons.length > 1)
    expect(slow.reasons.at(-1)).toBe('the key exchange was not finished')
    client.destroy()
    await slow.close()
  })

  it('are not to be had before the login', async () => {
    const client = await RawClient.connect(server.port)
    client.rekey()
    await client.gone()
    expect(client.exchanges).toBe(1)
    expect(server.reasons.at(-1)).toBe('a second key exchange before the login')
  })

  it('come before the login where we ask for them', async () => {
    const small = await TestServer.start({ options: { limits: { rekeyBytes: 1 } } })
    const client = await RawClient.connect(small.port)
    client.requestService()
    await client.until(() => client.exchanges === 2)
    client.destroy()
    await small.close()
  })

  it('may be asked for by the clock, for as long as a session lasts', async () => {
    let later = 0
    const clock = { ...SYSTEM_CLOCK, now: () => SYSTEM_CLOCK.now() + later }
    const patient = await TestServer.start({ clock })
    const client = await RawClient.loggedIn(patient.port)
    for (let round = 2; round < 50; round += 1) {
      later += 30_000
      client.rekey()
      await client.until(() => client.exchanges === round)
    }
    client.destroy()
    await patient.close()
  })

  it('cannot be asked for without end', async () => {
    const client = await RawClient.loggedIn(server.port)
    const ask = async (): Promise<void> => {
      for (let round = 2; round < 100; round += 1) {
        client.rekey()
        await client.until(() => client.exchanges === round)
      }
    }
    await expect(ask()).rejects.toThrow('closed')
    expect(client.exchanges).toBe(5)
    expect(server.reasons.at(-1)).toBe('too many key exchanges')
  })
})

describe('messages that nobody knows', () => {
  it('are answered with UNIMPLEMENTED, by their number in the stream', async () => {
    const client = await RawClient.loggedIn(server.port)
    client.send(Uint8Array.of(192, 1, 2, 3))
    client.send(Uint8Array.of(79))
    const numbers = [await client.next(MESSAGE.UNIMPLEMENTED), await client.next(MESSAGE.UNIMPLEMENTED)].map(message =>
      new WireReader(message, 1).uint32(),
    )
    expect((numbers[1] ?? 0) - (numbers[0] ?? 0)).toBe(1)
    client.destroy()
  })

  it('end the connection where their time has not come', async () => {
    for (const message of [
      openSession(0),
      Uint8Array.of(MESSAGE.GLOBAL_REQUEST),
      new WireWriter().byte(50).string('x').bytes(),
    ]) {
      const client = await RawClient.connect(server.port)
      client.send(message)
      await client.gone()
      expect(server.reasons.at(-1)).toBe('a message before the login that it needs')
    }
  })
})
