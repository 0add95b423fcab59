import type { TestClient } from './client.ts'

/** Those who are connected to one shell, as if one server had them all. */
export class Company {
  readonly #clients: Set<TestClient> = new Set()

  static of(host: object): Company {
    let company = COMPANIES.get(host)
    if (company === undefined) COMPANIES.set(host, (company = new Company()))
    return company
  }

  /** Of those who are in. */
  get sessions(): readonly unknown[] {
    return Array.from(this.#clients, ({ session }) => session).filter(session => session !== undefined)
  }

  enters(client: TestClient): void {
    this.#clients.add(client)
  }

  leaves(client: TestClient): void {
    this.#clients.delete(client)
  }
}

const COMPANIES: WeakMap<object, Company> = new WeakMap()
