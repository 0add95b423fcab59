import { isIP } from 'node:net'

/** Where a proxied connection really comes from, and where it went to. */
export interface Proxied {
  readonly address: string
  readonly port: number
  readonly localAddress: string
  readonly localPort: number
}

/** What the first bytes of a connection are. */
export type ProxyHeader =
  /** More of it must come. */
  | { readonly type: 'incomplete' }
  /** Not a header, or not one that can be. */
  | { readonly type: 'invalid' }
  /** The proxy speaks for itself: it looks whether the server is well. */
  | { readonly type: 'check' }
  /**
   * A header of so many bytes. Without `proxied` the proxy does not know where the connection comes
   * from.
   */
  | { readonly type: 'header'; readonly length: number; readonly proxied?: Proxied }

/**
 * Longer headers are refused: version 1 has at most 107 bytes; version 2 that much, and what the
 * proxy adds.
 */
export const LONGEST_V1_BYTES = 107
export const LONGEST_V2_BYTES = 4096

/**
 * Reads the header of the PROXY protocol, versions 1 and 2 (HAProxy's `proxy-protocol.txt`, §2.1
 * and §2.2), at the beginning of what has come so far. What a proxy adds to version 2 (TLVs, their
 * checksum too) is skipped. Addresses that are neither IPv4 nor IPv6 count as none.
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  if (startsAs(bytes, V2)) return bytes.length < HEAD_V2 ? INCOMPLETE : readV2(bytes)
  if (startsAs(bytes, V1)) return readV1(bytes)
  return INVALID
}

const INCOMPLETE: ProxyHeader = { type: 'incomplete' }
const INVALID: ProxyHeader = { type: 'invalid' }
const V1: Buffer = Buffer.from('PROXY ')
const V2: Buffer = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1')
const HEAD_V2: number = V2.length + 4

/** As far as there are bytes. */
function startsAs(bytes: Buffer, signature: Buffer): boolean {
  const length = Math.min(bytes.length, signature.length)
  return bytes.compare(signature, 0, length, 0, length) === 0
}

function readV1(bytes: Buffer): ProxyHeader {
  const end = bytes.subarray(0, LONGEST_V1_BYTES).indexOf('\r\n')
  if (end < 0) return bytes.length < LONGEST_V1_BYTES ? INCOMPLETE : INVALID
  const length = end + 2
  const line = bytes.toString('latin1', V1.length, end)
  if (line === 'UNKNOWN' || line.startsWith('UNKNOWN ')) return { type: 'header', length }
  const [family, address = '', localAddress = '', port = '', localPort = '', ...rest] = line.split(' ')
  const version = VERSIONS[family ?? '']
  const fits =
    rest.length === 0 &&
    version !== undefined &&
    [address, localAddress].every(text => isIP(text) === version) &&
    [port, localPort].every(text => /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535)
  if (!fits) return INVALID
  return {
    type: 'header',
    length,
    proxied: { address, port: Number(port), localAddress, localPort: Number(localPort) },
  }
}

const VERSIONS: Readonly<Record<string, number>> = { TCP4: 4, TCP6: 6 }

function readV2(bytes: Buffer): ProxyHeader {
  const [command, family] = [bytes[V2.length] as number, bytes[V2.length + 1] as number]
  const length = HEAD_V2 + bytes.readUInt16BE(V2.length + 2)
  if (command >> 4 !== 2 || (command & 15) > 1 || length > LONGEST_V2_BYTES) return INVALID
  if (bytes.length < length) return INCOMPLETE
  const size = ADDRESS_SIZES[family >> 4]
  if (command === LOCAL) return { type: 'check' }
  if (size === undefined) return { type: 'header', length }
  if (length < HEAD_V2 + 2 * size + 4) return INVALID
  const addresses = bytes.subarray(HEAD_V2)
  const proxied = {
    address: addressOf(addresses.subarray(0, size)),
    localAddress: addressOf(addresses.subarray(size, 2 * size)),
    port: addresses.readUInt16BE(2 * size),
    localPort: addresses.readUInt16BE(2 * size + 2),
  }
  return { type: 'header', length, proxied }
}

const LOCAL = 0x20
/** By the address family: IPv4, IPv6. */
const ADDRESS_SIZES: readonly (number | undefined)[] = [undefined, 4, 16]

function addressOf(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i).toString(16))
  return groups.join(':')
}
