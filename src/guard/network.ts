import { groupsOf, plainAddress } from '../core/address.ts'

/**
 * How many times a limit by address holds for each of an address's networks, from the narrowest on.
 * With IPv6 a machine has a /64, a household mostly a /56, a site a /48, and each owns all
 * addresses in it. With IPv4 an address is a network of its own.
 */
export const SHARES: readonly [1, 4, 16] = [1, 4, 16]

/** Returns the networks that an address counts for, narrowest first: as many as have a share. */
export function networksOf(address: string): readonly string[] {
  const plain = plainAddress(address)
  const groups = plain.includes(':') ? groupsOf(plain.split('%', 1)[0] as string) : undefined
  if (groups === undefined) return [plain]
  const [a = 0, b = 0, c = 0, d = 0] = groups
  const site = `${hex(a)}:${hex(b)}:${hex(c)}`
  return [`${site}:${hex(d)}/64`, `${site}:${hex(d & 0xff00)}/56`, `${site}/48`]
}

function hex(group: number): string {
  return group.toString(16)
}
