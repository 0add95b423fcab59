import type { Address } from '../core/transport.ts'

/** Where a server listens; as a string it is a URL. */
export class ServedAddress implements Address {
  readonly transport: string
  readonly host?: string
  readonly port?: number

  constructor({ transport, host, port }: Address) {
    this.transport = transport
    if (host !== undefined) this.host = host
    if (port !== undefined) this.port = port
  }

  /**
   * Returns `telnet://127.0.0.1:8023`, `telnet://[::1]:8023`, `telnet:/run/bbs.sock`, or `local:`.
   */
  toString(): string {
    const { transport, host, port } = this
    if (host === undefined) return `${transport}:`
    if (port === undefined) return `${transport}:${encodeURI(host)}`
    return `${transport}://${host.includes(':') ? `[${host.replace('%', '%25')}]` : host}:${port}`
  }
}
