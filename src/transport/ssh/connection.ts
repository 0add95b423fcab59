import type { Socket } from 'node:net'
import { waitFor, type Cancel } from '../../core/time/clock.ts'
import type { ConnectionFacts, ConnectionRequest, Identity, Peer } from '../../core/connection.ts'
import { messageOf } from '../../core/options/errors.ts'
import type { Admission } from '../../core/transport.ts'
import { connectionId } from '../net/connection-id.ts'
import { hangUp } from '../net/hang-up.ts'
import { Intake } from '../net/intake.ts'
import type { IntakeSettings, SocketListener } from '../net/intake.ts'
import { keepSocketAlive } from '../net/keep-alive.ts'
import { AliveCheck, type AliveHost } from './alive.ts'
import { Authentication, type AuthenticationHost } from './auth/authentication.ts'
import { bannerMessage } from './auth/banner.ts'
import type { Channel } from './channel/channel.ts'
import { Channels, type ChannelsHost } from './channel/channels.ts'
import { DISCONNECT, FIRST, MESSAGE } from './protocol/codes.ts'
import { Packets, type PacketHost } from './protocol/packets.ts'
import type { Restrictions } from './keys/restrictions.ts'
import { SessionConnection } from './channel/session-connection.ts'
import type { SessionSetup } from './channel/session-setup.ts'
import { WireWriter } from './protocol/wire.ts'
import type { ConnectionSettings } from './connection-settings.ts'

/**
 * One client's connection: its socket, and on it packets, then a login, then channels. A fault in
 * any of them ends it here, once, with one line in the log.
 */
export class SshConnection implements PacketHost, AuthenticationHost, ChannelsHost, AliveHost, SocketListener {
  readonly peer: Peer
  readonly mostSessions: number
  readonly #socket: Socket
  readonly #settings: ConnectionSettings
  readonly #admission: Admission
  readonly #onClose: (connection: SshConnection) => void
  readonly #packets: Packets
  readonly #intake: Intake
  #authentication: Authentication | undefined
  #channels: Channels | undefined
  #identity: Identity | undefined
  #software = ''
  #deadline: Cancel | undefined
  /** Exists after the login, if signs of life are requested. */
  #alive: AliveCheck | undefined
  #draining = false
  #closed = false

  constructor(
    socket: Socket,
    peer: Peer,
    settings: ConnectionSettings,
    admission: Admission,
    onClose: (connection: SshConnection) => void,
  ) {
    this.#socket = socket
    this.#settings = settings
    this.#admission = admission
    this.#onClose = onClose
    this.peer = peer
    this.mostSessions = settings.limits.maxSessions
    this.#packets = new Packets(settings.packets, this)
    this.#intake = new Intake(socket, settings.host.scheduler, this, READING)
    this.#listen()
    this.#within(settings.authenticator.loginTimeout, 'nobody has logged in in time')
    this.batch(() => this.#packets.start())
  }

  get hasLoggedIn(): boolean {
    return this.#identity !== undefined
  }

  /** Lets sessions end, and then closes; closes at once without a session. */
  drain(): void {
    this.#draining = true
    if (this.#sessions === 0) this.close('the server is closing', 'debug')
  }

  /** Ends the connection, and logs the reason. Only the first reason counts. */
  close(reason: string, level: 'debug' | 'info' = 'info', code: number = DISCONNECT.BY_APPLICATION): void {
    if (this.#closed) return
    this.#closed = true
    const { peer } = this
    this.#settings.host.limitedLog[level]({ peer, software: this.#software, reason }, 'an SSH connection is closed')
    this.#deadline?.()
    this.#intake.stop()
    this.#alive?.stop()
    this.#authentication?.close()
    this.batch(() => this.#packets.disconnect(code, reason))
    this.#channels?.close(reason)
    hangUp(this.#socket, this.#settings.host.clock, { within: HANG_UP_MS, forPeer: true })
    this.#admission.release()
    this.#onClose(this)
  }

  // --- for the packets

  write(data: Buffer): void {
    if (!this.#socket.writable) return
    this.#socket.write(data)
    if (this.#socket.writableLength > MOST_UNREAD_BYTES) this.#intake.pause()
  }

  greeted(software: string): void {
    this.#software = software.slice(0, 64)
  }

  exchanged(): void {
    this.#channels?.resume()
  }

  service(name: string): void {
    if (name !== 'ssh-userauth' || this.#authentication !== undefined || this.hasLoggedIn) {
      return this.close('a service that is not here', 'info', DISCONNECT.SERVICE_NOT_AVAILABLE)
    }
    const { authenticator, keys, everybody } = this.#settings
    this.#authentication = new Authentication(this, this.peer, authenticator, keys, everybody)
    this.send(new WireWriter().byte(MESSAGE.SERVICE_ACCEPT).string(name).bytes())
    // Once: a second service is refused.
    if (authenticator.banner) this.send(bannerMessage(authenticator.banner))
  }

  message(type: number, payload: Buffer): boolean {
    if (type >= FIRST.CONNECTION) return this.#channels?.message(type, payload) ?? this.#early()
    if (this.#authentication === undefined && !this.hasLoggedIn) return this.#early()
    // Messages of the login after its success are ignored (RFC 4252 §5.1).
    if (type === MESSAGE.USERAUTH_REQUEST) this.#authentication?.request(payload)
    else if (type === MESSAGE.USERAUTH_INFO_RESPONSE) this.#authentication?.answers(payload)
    else return false
    return true
  }

  goodbye(reason: number): void {
    this.#packets.close()
    this.close(`the client has disconnected (${reason})`, this.hasLoggedIn ? 'debug' : 'info')
  }

  failed(reason: string): void {
    this.close(reason)
  }

  // --- for the login

  get sessionId(): Uint8Array {
    return this.#packets.sessionId
  }

  wall(): number {
    return this.#settings.host.clock.wall()
  }

  accepted(identity: Identity, { pty, command }: Restrictions): void {
    const { host, keepAliveInterval, limits, environment } = this.#settings
    if (keepAliveInterval !== Infinity) this.#alive = new AliveCheck(host, keepAliveInterval, this)
    this.#identity = identity
    this.#authentication = undefined
    this.#channels = new Channels(this, { pty, command, environment, longestCommand: limits.maxCommandLength })
    this.#within(limits.sessionStartTimeout, 'no session was started in time')
    this.#admission.loggedIn()
  }

  giveUp(code: number, reason: string): void {
    this.close(reason, 'info', code)
  }

  note(reason: string): void {
    const { limitedLog } = this.#settings.host
    limitedLog.debug({ peer: this.peer, software: this.#software, reason }, 'an SSH login goes wrong')
  }

  // --- for the channels

  send(payload: Uint8Array): void {
    this.#packets.send(payload)
  }

  data(channel: number, data: Buffer, extended: number | undefined): void {
    this.#packets.data(channel, data, extended)
  }

  get hasRoom(): boolean {
    return !this.#packets.exchanging && this.#socket.writableLength < ROOM_BYTES
  }

  get unsent(): number {
    return this.#socket.writableLength
  }

  batch(work: () => void): void {
    this.#socket.cork()
    try {
      work()
    } finally {
      this.#socket.uncork()
    }
  }

  start(channel: Channel, setup: SessionSetup, request: ConnectionRequest): SessionConnection {
    const { host } = this.#settings
    this.#deadline?.()
    this.#deadline = undefined
    const connection = new SessionConnection(channel, this.#facts(setup, request), host.clock, this)
    host.open(connection)
    return connection
  }

  /**
   * Handles the end of a session. A channel that requests nothing is no session, and gets no more
   * time.
   */
  over(): void {
    if (this.#closed || this.#sessions > 0) return
    if (this.#draining) this.close('the server is closing', 'debug')
    else this.#within(this.#settings.limits.unusedConnectionTimeout, 'no further session was started')
  }

  /** Handles an abandoned session; if it was the only one, the connection ends. */
  abandoned(session: SessionConnection): void {
    if (this.#channels?.runsBeside(session) !== true) this.#socket.destroy()
  }

  get #sessions(): number {
    return this.#channels?.running ?? 0
  }

  violation(reason: string): void {
    this.close(reason, 'info', DISCONNECT.PROTOCOL_ERROR)
  }

  // --- the socket

  #listen(): void {
    const socket = this.#socket
    socket.setNoDelay(true)
    keepSocketAlive(socket, this.#settings.keepAliveInterval)
    socket.on('drain', () => {
      this.#intake.resume()
      this.#channels?.resume()
    })
  }

  received(bytes: Buffer): void {
    this.#alive?.heard()
    try {
      this.batch(() => this.#packets.receive(bytes))
    } catch (error) {
      if (this.#software === '' && this.#socket.writable) this.#socket.write(NOT_SSH)
      this.close(messageOf(error))
    }
  }

  inputEnded(): void {
    this.close('the client is gone', this.hasLoggedIn ? 'debug' : 'info')
  }

  socketFailed(error: Error): void {
    this.close(error.message, 'debug')
  }

  socketClosed(): void {
    this.close('the client is gone', 'debug')
  }

  /** Refuses a message that comes too early. */
  #early(): boolean {
    this.close('a message before the login that it needs', 'info', DISCONNECT.PROTOCOL_ERROR)
    return true
  }

  #facts(setup: SessionSetup, request: ConnectionRequest): ConnectionFacts {
    return {
      id: connectionId(),
      peer: this.peer,
      request,
      environment: setup.environment,
      bannerShown: true,
      ...(this.#identity === undefined ? {} : { identity: this.#identity }),
      ...(setup.terminal === undefined ? {} : { terminal: setup.terminal }),
    }
  }

  #within(ms: number, reason: string): void {
    this.#deadline?.()
    this.#deadline = waitFor(this.#settings.host.clock, ms, () => this.close(reason))
  }
}

/**
 * The most bytes in flight in the socket of one connection; further output waits in its channels.
 */
const ROOM_BYTES = 256 * 1024
/** The most unread output: beyond it the server stops reading from the client. */
const MOST_UNREAD_BYTES = 1024 * 1024
const HANG_UP_MS = 5000
/** At most some seventy packets. There is no pool: it is unknown which bytes ssh2 keeps. */
const READING: IntakeSettings = { pieceBytes: 2048 }
const NOT_SSH = 'This is an SSH server: use an SSH client.\r\n'
