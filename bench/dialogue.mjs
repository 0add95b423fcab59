/** What server and client agree on. */
export const PROMPT = 'bench> '

/**
 * What everybody is sent, what everybody has typed, and what a terminal is to be sent so that it
 * shows both.
 */
export const MESSAGE = 'The lobby closes at noon.'
export const TYPED = 'echo half a li'
export const MESSAGE_BYTES = `\r\0\x1b[J${MESSAGE}\r\n${PROMPT}${TYPED}`

/** Some 64 KiB on the wire: lines of 78 characters, and their CR LF. */
const LINE = 'x'.repeat(78)
const LINES = Math.floor(65_536 / (LINE.length + 2))
export const BULK_CHUNKS_PER_MIB = 16
export const BULK_CHUNK = `${LINE}\n`.repeat(LINES)
export const BULK_WIRE = Buffer.from(convertedChunk())

export function convertedChunk() {
  return BULK_CHUNK.replaceAll('\n', '\r\n')
}

/** Bytes that come for so many mebibytes. */
export function bulkBytes(mebibytes) {
  return mebibytes * BULK_CHUNKS_PER_MIB * BULK_WIRE.length
}
