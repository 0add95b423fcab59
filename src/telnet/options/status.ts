import { TelnetCommand } from '../codes.ts'

/** RFC 859. */
const IS = 0
const SEND = 1

export function asksStatus(payload: Uint8Array): boolean {
  return payload.length === 1 && payload[0] === SEND
}

/**
 * Returns the payload that lists the options in force: WILL for the server's, DO for the peer's.
 */
export function statusReport(ours: readonly number[], theirs: readonly number[]): Uint8Array {
  return Uint8Array.of(
    IS,
    ...ours.flatMap(option => [TelnetCommand.WILL, option]),
    ...theirs.flatMap(option => [TelnetCommand.DO, option]),
  )
}
