import type { Authenticator } from '../../core/authenticator.ts'
import type { Identity } from '../../core/connection.ts'
import type { TransportHost } from '../../core/transport.ts'
import type { TrustedKeys } from './keys/trusted-keys.ts'
import type { SshLimits } from './limits.ts'
import type { PacketSettings } from './protocol/packets.ts'

/** What all connections of one listener share. */
export interface ConnectionSettings {
  readonly host: TransportHost
  readonly authenticator: Authenticator
  readonly keys: TrustedKeys
  readonly packets: PacketSettings
  readonly limits: Required<SshLimits>
  readonly environment: RegExp
  /** Milliseconds from one sign of life to the next; `Infinity`: none. */
  readonly keepAliveInterval: number
  /** The identity of every peer, without a login. */
  readonly everybody: Identity | undefined
}
