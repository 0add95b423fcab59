import type { Authenticator } from '../../core/authenticator.ts'
import type { Identity } from '../../core/connection.ts'
import type { TransportHost } from '../../core/transport.ts'
import type { TrustedKeys } from './keys/trusted-keys.ts'
import type { SshLimits } from './limits.ts'
import type { PacketSettings } from './protocol/packets.ts'

/** The settings of all connections of one listener. */
export interface ConnectionSettings {
  readonly host: TransportHost
  readonly authenticator: Authenticator
  readonly keys: TrustedKeys
  readonly packets: PacketSettings
  readonly limits: Required<SshLimits>
  readonly environment: RegExp
  /** Milliseconds between two requests for a sign of life; `Infinity` for none. */
  readonly keepAliveInterval: number
  /** The identity of every peer, without a login. */
  readonly everybody: Identity | undefined
}
