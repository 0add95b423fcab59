/** What the other clients of a shell see of one. */
interface Companion {
  /** `undefined` while the client is still connecting. */
  readonly session: unknown
}

/** The clients connected to one shell, as if one server had accepted all of them. */
export class ConnectedClients {
  readonly #clients: Set<Companion> = new Set()

  static of(host: object): ConnectedClients {
    let company = CLIENTS_BY_SHELL.get(host)
    if (company === undefined) CLIENTS_BY_SHELL.set(host, (company = new ConnectedClients()))
    return company
  }

  /** The sessions of connected clients. */
  get sessions(): readonly unknown[] {
    return Array.from(this.#clients, ({ session }) => session).filter(session => session !== undefined)
  }

  enters(client: Companion): void {
    this.#clients.add(client)
  }

  leaves(client: Companion): void {
    this.#clients.delete(client)
  }
}

const CLIENTS_BY_SHELL: WeakMap<object, ConnectedClients> = new WeakMap()
