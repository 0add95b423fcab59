/** What server and client agree on. */
export const PROMPT = 'bench> '

/** 64 KiB on the wire: lines of 78 characters, and their CR LF. */
const LINE = 'x'.repeat(78)
export const BULK_CHUNKS_PER_MIB = 16
const LINES = Math.floor(65_536 / (LINE.length + 2))
export const BULK_CHUNK = `${LINE}\n`.repeat(LINES)
export const BULK_CHUNK_BYTES = LINES * (LINE.length + 2)
