/**
 * Reads a size by RFC 1073: 16 bits of columns, 16 of rows, unchanged. Absent if the payload has
 * another length.
 */
export function readWindowSize(payload: Uint8Array): { readonly columns: number; readonly rows: number } | undefined {
  if (payload.length !== 4) return undefined
  const [a, b, c, d] = payload as unknown as readonly [number, number, number, number]
  return { columns: a * 256 + b, rows: c * 256 + d }
}
