import { setImmediate as turn } from 'node:timers/promises'
import type { ConnectionEvent } from '../src/core/connection.ts'
import { SILENT } from '../src/core/log.ts'
import { createShell } from '../src/index.ts'
import { ManualClock } from '../src/testing/index.ts'
import { Authentication } from '../src/transport/ssh/auth/authentication.ts'
import { Channels } from '../src/transport/ssh/channel/channels.ts'
import { MESSAGE } from '../src/transport/ssh/protocol/codes.ts'
import { certificate, ed25519Key } from '../src/transport/ssh/keys/keys.suite.ts'
import { channelData, channelRequest, openSession, userAuth } from '../src/transport/ssh/raw-client.suite.ts'
import { SessionConnection } from '../src/transport/ssh/channel/session-connection.ts'
import { TrustedKeys } from '../src/transport/ssh/keys/trusted-keys.ts'
import { WireWriter } from '../src/transport/ssh/protocol/wire.ts'

/** Messages as one input: each behind its length in two bytes. */
export function framed(...messages: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(messages.flatMap(message => [Uint8Array.of(message.length >> 8, message.length & 255), message]))
}

export function messagesOf(input: Uint8Array): Buffer[] {
  const messages: Buffer[] = []
  for (let at = 0; at + 2 <= input.length;) {
    const length = ((input[at] ?? 0) << 8) + (input[at + 1] ?? 0)
    messages.push(Buffer.from(input.subarray(at + 2, at + 2 + length)))
    at += 2 + length
  }
  return messages
}

/**
 * The channels of one logged-in client, whatever it sends. They must throw nothing, answer no more
 * than they were asked, tell a session of its end of input and of its close once, in this order,
 * and keep few timers.
 */
export async function runChannels(input: Uint8Array): Promise<void> {
  const clock = new ManualClock()
  const heard: ConnectionEvent[][] = []
  let sent = 0
  let violations = 0
  const channels: Channels = new Channels(
    {
      mostSessions: 10,
      hasRoom: true,
      unsent: 0,
      send: () => void (sent += 1),
      data: () => {},
      batch: work => work(),
      violation: () => void (violations += 1),
      start(channel, setup, request) {
        const facts = { id: 'x', peer: { transport: 'ssh', secure: true }, request, environment: setup.environment }
        const { terminal } = setup
        const connection = new SessionConnection(channel, terminal ? { ...facts, terminal } : facts, clock, {
          abandoned: () => {},
          over: () => {},
        })
        const events: ConnectionEvent[] = []
        heard.push(events)
        connection.start({ text: () => connection.write('answer\n'), event: event => void events.push(event) })
        return connection
      },
    },
    { pty: true, command: undefined, environment: /^LANG$/, longestCommand: 100 },
  )
  const messages = messagesOf(input).filter(({ length }) => length > 0)
  // A connection is closed at its first violation.
  for (const message of messages) if (violations === 0) channels.message(message[0] ?? 0, message)
  await turn()
  channels.close('gone')
  await turn()
  check(sent <= 2 * messages.length + heard.length, `${sent} answers to ${messages.length} messages`)
  check(clock.pending <= 10, `${clock.pending} timers`)
  for (const events of heard) {
    const types = events.map(({ type }) => type)
    check(types.filter(type => type === 'closed').length === 1 && types.at(-1) === 'closed', `ends: ${types.join(' ')}`)
    check(types.filter(type => type === 'end-of-input').length <= 1, `ends of input: ${types.join(' ')}`)
  }
}

/**
 * One client that logs in, whatever it sends. Nobody may come in without the secret or the key,
 * each request gets one answer at most, and nothing is left when the client is gone.
 */
export async function runLogin(input: Uint8Array): Promise<void> {
  const clock = new ManualClock()
  let accepted = 0
  let sent = 0
  const messages = messagesOf(input).filter(({ length }) => length > 0)
  const authenticator = SHELL.authenticator({ clock, scheduler: clock, log: SILENT })
  const login = new Authentication(
    {
      sessionId: SESSION_ID,
      wall: () => clock.wall(),
      send: () => void (sent += 1),
      accepted: () => void (accepted += 1),
      giveUp: () => {},
      note: () => {},
    },
    { transport: 'ssh', secure: true, address: '192.0.2.7' },
    authenticator,
    KEYS,
    undefined,
  )
  for (const message of messages) {
    if (message[0] === MESSAGE.USERAUTH_INFO_RESPONSE) login.answers(message)
    else login.request(message)
    await clock.advance(message.length % 2 === 0 ? 60_000 : 0)
  }
  await clock.advance(60_000)
  login.close()
  await clock.advance(60_000)
  const knows = messages.some(message => message.includes(SECRET) || message.equals(PROOF))
  check(accepted <= (knows ? 1 : 0), `accepted ${accepted} times, ${knows ? 'with' : 'without'} a secret`)
  // A request, the questions that it opens, and their answers: two messages for each.
  check(sent <= 2 * messages.length, `${sent} answers to ${messages.length} messages`)
  check(clock.pending === 0, `${clock.pending} timers are left`)
}

/** Logins as clients make them: right ones, wrong ones, and some that change their mind. */
export function loginSeeds(): Uint8Array[] {
  const none = userAuth('alice', 'none')
  const right = password(SECRET)
  const wrong = password('guess')
  const asked = userAuth('alice', 'keyboard-interactive', new WireWriter().string('').string('').bytes())
  const answers = new WireWriter().byte(MESSAGE.USERAUTH_INFO_RESPONSE).uint32(1).string(SECRET).bytes()
  const offer = userAuth('alice', 'publickey', keyOf(false, KEY.blob))
  const authority = ed25519Key()
  const certified = new WireWriter()
    .boolean(false)
    .string('ssh-ed25519-cert-v01@openssh.com')
    .string(certificate(KEY, authority))
    .bytes()
  return [
    framed(none, wrong, right),
    framed(none, offer, PROOF),
    framed(asked, answers),
    framed(asked, wrong, answers, none),
    framed(userAuth('alice', 'publickey', certified), offer, wrong),
    framed(...Array.from({ length: 12 }, () => wrong), right),
  ]
}

const SECRET = 'sesame'
const SESSION_ID = Buffer.alloc(32, 7)
const KEY = ed25519Key()
const KEYS = new TrustedKeys(
  {
    authorizedKeys: `ssh-ed25519 ${KEY.blob.toString('base64')}`,
    userCAs: `ssh-ed25519 ${ed25519Key().blob.toString('base64')}`,
  },
  SILENT,
)
const SHELL = createShell({
  auth: {
    password: (_, given) => given === SECRET,
    publicKey: () => true,
    keyboardInteractive: async (_, ask) => (await ask({ prompts: [{ text: 'Word? ', echo: false }] }))[0] === SECRET,
    maxTries: 6,
  },
})
const PROOF = proof()

function proof(): Buffer {
  const request = userAuth('alice', 'publickey', keyOf(true, KEY.blob))
  const signed = new WireWriter().string(SESSION_ID).raw(request).bytes()
  return Buffer.from(new WireWriter().raw(request).string(KEY.sign(signed)).bytes())
}

function keyOf(signed: boolean, blob: Uint8Array): Uint8Array {
  return new WireWriter().boolean(signed).string('ssh-ed25519').string(blob).bytes()
}

function password(word: string): Buffer {
  return userAuth('alice', 'password', new WireWriter().boolean(false).string(word).bytes())
}

/** Sessions that are opened, used and closed as clients do. */
export function channelSeeds(): Uint8Array[] {
  const [open, shell, data] = [openSession(7), request('shell'), channelData(0, 'help\r')]
  const pty = request(
    'pty-req',
    new WireWriter().string('xterm').uint32(80).uint32(24).uint32(0).uint32(0).string('').bytes(),
  )
  const exec = request('exec', new WireWriter().string('echo hi').bytes())
  const env = request('env', new WireWriter().string('LANG').string('C.UTF-8').bytes())
  const size = request('window-change', new WireWriter().uint32(90).uint32(30).uint32(0).uint32(0).bytes())
  const signal = request('signal', new WireWriter().string('TERM').bytes())
  const stop = request('break', new WireWriter().uint32(1).bytes())
  const more = new WireWriter().byte(MESSAGE.CHANNEL_EXTENDED_DATA).uint32(0).uint32(1).string('x').bytes()
  const wider = new WireWriter().byte(MESSAGE.CHANNEL_WINDOW_ADJUST).uint32(0).uint32(1000).bytes()
  const end = new WireWriter().byte(MESSAGE.CHANNEL_EOF).uint32(0).bytes()
  const close = new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(0).bytes()
  const alive = new WireWriter().byte(MESSAGE.GLOBAL_REQUEST).string('keepalive@openssh.com').boolean(true).bytes()
  return [
    framed(open, pty, env, shell, data, size, wider, signal, end, close),
    framed(open, exec, data, end, end, end, close, open, shell),
    framed(open, open, open, alive, shell, stop, more, data),
    framed(open, end, shell, size, ...Array.from({ length: 60 }, () => end)),
  ]
}

function request(type: string, body?: Uint8Array): Uint8Array {
  return channelRequest(0, type, true, body)
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}
