import { afterEach, describe, expect, it } from 'vitest'
import { bannerMessage } from './banner.ts'
import { MESSAGE } from '../protocol/codes.ts'
import { channelRequest, openSession, RawClient, userAuth } from '../raw-client.suite.ts'
import { guarded, OPEN, TestServer } from '../server.suite.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

let server: TestServer | undefined
let client: RawClient | undefined
afterEach(async () => {
  client?.destroy()
  await server?.close()
})

/** Returns the text that a client shows, and its declared language. */
function shown(message: Buffer): [text: string, language: string] {
  const reader = new WireReader(message, 1)
  return [reader.text(), reader.text()]
}

describe('the text of a banner', () => {
  it.each<[string, string]>([
    ['Private.', 'Private.\r\n'],
    ['Private.\n', 'Private.\r\n'],
    ['One\nTwo\n\n', 'One\r\nTwo\r\n\r\n'],
    ['One\r\nTwo', 'One\r\nTwo\r\n'],
    ['  a\tb', '  a\tb\r\n'],
    ['\x1b[1;31mRed\x1b[0m', 'Red\r\n'],
    ['\x1b[38:2::1:2:3mx\x9b0m', 'x\r\n'],
    ['\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b\x1bPq\x1b\\', 'ab\r\n'],
    ['\x1b(B\x1bcx\x07\x08\x85', 'x\r\n'],
    ['an end \x1b', 'an end \r\n'],
    ['grüße 日本 😀 \ud800', 'grüße 日本 😀 \ufffd\r\n'],
  ])('%j is sent as %j', (text, sent) => {
    expect(shown(bannerMessage(text))).toEqual([sent, ''])
  })
})

describe('S11: a banner over SSH', () => {
  it('comes before the login, once, whatever is tried and started then', async () => {
    const authenticator = guarded(['password'], ({ method }) => method === 'password' && {}, { banner: 'Private.' })
    server = await TestServer.start({ authenticator })
    client = await RawClient.connect(server.port)
    client.requestService()
    expect(shown(await client.next(MESSAGE.USERAUTH_BANNER))).toEqual(['Private.\r\n', ''])
    client.send(userAuth('alice', 'none'))
    await client.next(MESSAGE.USERAUTH_FAILURE)
    client.send(userAuth('alice', 'password', new WireWriter().boolean(false).string('x').bytes()))
    await client.next(MESSAGE.USERAUTH_SUCCESS)
    for (const id of [0, 1]) {
      client.send(openSession(id))
      client.send(channelRequest(id, 'shell', true))
      await client.next(MESSAGE.CHANNEL_SUCCESS)
    }
    expect(client.arrived.filter(([type]) => type === MESSAGE.USERAUTH_BANNER)).toEqual([])
    expect(server.opened.map(({ connection }) => connection.facts.bannerShown)).toEqual([true, true])
  })

  it('is shown where anybody may come in, too', async () => {
    server = await TestServer.start({ authenticator: { ...OPEN, banner: 'Welcome to the open house.' } })
    client = await RawClient.loggedIn(server.port)
    expect(shown(await client.next(MESSAGE.USERAUTH_BANNER))[0]).toBe('Welcome to the open house.\r\n')
  })

  it('is none where there is none', async () => {
    server = await TestServer.start({ authenticator: { ...OPEN, banner: '' } })
    client = await RawClient.loggedIn(server.port)
    expect(client.arrived.filter(([type]) => type === MESSAGE.USERAUTH_BANNER)).toEqual([])
  })
})
