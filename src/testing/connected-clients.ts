/** A client as its company sees it. */
interface Companion {
  /** `undefined` while the client is still connecting. */
  readonly session: unknown
}

/** Those who are connected to one shell, as if one server had them all. */
export class ConnectedClients {
  readonly #clients: Set<Companion> = new Set()

  static of(host: object): ConnectedClients {
    let company = CLIENTS_BY_SHELL.get(host)
    if (company === undefined) CLIENTS_BY_SHELL.set(host, (company = new ConnectedClients()))
    return company
  }

  /** Of those who are in. */
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
