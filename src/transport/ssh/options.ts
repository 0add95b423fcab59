import { aListOfVariables } from '../../core/options/environment.ts'
import { anything } from '../../core/options/options.ts'
import type { OptionTable } from '../../core/options/options.ts'
import { aKeepAlive } from '../net/keep-alive.ts'
import type { KeepAliveInterval } from '../net/keep-alive.ts'
import { aListenerAuth, LISTEN_OPTIONS } from '../net/listener-options.ts'
import type { ListenerAuth, ListenOptions } from '../net/listener-options.ts'
import type { SshAlgorithms } from './protocol/algorithms.ts'
import type { HostKey } from './keys/host-key.ts'
import type { SshLimits } from './limits.ts'

/** Where SSH listens, and how it serves. */
export interface SshOptions<U = never> extends ListenOptions {
  /**
   * The key by which clients know this server: the path of a private key file, which is created if
   * missing, or the key itself. Or several.
   */
  readonly hostKey: HostKey | readonly HostKey[]
  /** Lists that replace the default ones. The other choices are weaker, or cost the server more. */
  readonly algorithms?: SshAlgorithms
  /**
   * Environment variables that a client may set; `*` matches any letters.
   * @default `LANG`, `LC_*`, `COLORTERM`, `NO_COLOR`, `TERM_PROGRAM`
   */
  readonly environment?: readonly string[]
  /**
   * The identity of every user, without a login.
   * @default the shell's own authentication
   */
  readonly auth?: ListenerAuth<U>
  /** Limits that only SSH has. */
  readonly limits?: SshLimits
  /**
   * The interval between keep-alive requests to a client, in milliseconds: by TCP, and after the
   * login by `keepalive@openssh.com`. Three requests without an answer end the connection. `false`:
   * never.
   * @default 60,000
   */
  readonly keepAliveInterval?: KeepAliveInterval
}

/** Valid values of each option; host keys, algorithms and limits have checks of their own. */
export const SSH_OPTIONS: OptionTable<SshOptions> = {
  ...LISTEN_OPTIONS,
  hostKey: anything,
  algorithms: anything,
  environment: aListOfVariables,
  auth: aListenerAuth,
  limits: anything,
  keepAliveInterval: aKeepAlive,
}
