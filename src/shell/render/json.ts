import { readProperty, unreadable } from './property.ts'

/**
 * Returns a value as one JSON document in one line, for programs. Never throws; a value that JSON
 * lacks becomes the nearest one:
 *
 * - `Map`: an object, or a list of pairs if a key is no string;
 * - `Set` and bytes: lists;
 * - `BigInt`: its digits as a string;
 * - `Error`: its `name` and `message`;
 * - what contains itself, cannot be read or is nested too deep: a string in brackets that says so.
 *
 * `toJSON` applies.
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(plain(value, '', [])) ?? 'null'
  return UNPRINTABLE.test(json)
    ? json.replaceAll(EACH_UNPRINTABLE, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json
}

/** The deepest nesting: far above what people write and far below what the stack bears. */
const DEEPEST = 500

/**
 * Characters that JSON leaves unescaped, and that a terminal would obey if it showed the document.
 */
const UNPRINTABLE = /[\x7f-\x9f\u2028-\u202e\u2066-\u2069]/
const EACH_UNPRINTABLE: RegExp = new RegExp(UNPRINTABLE.source, 'g')

/** Returns a copy on which `JSON.stringify` cannot fail. */
function plain(value: unknown, key: string, ancestors: readonly object[]): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (ancestors.includes(value)) return '[circular]'
  if (ancestors.length === DEEPEST) return '[too deep]'
  try {
    return plainObject(value, key, [...ancestors, value])
  } catch (error) {
    return unreadable(error)
  }
}

function plainObject(value: object, key: string, ancestors: readonly object[]): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON === 'function') return plain(toJSON.call(value, key), key, ancestors)
  if (Array.isArray(value) || value instanceof Set)
    return Array.from(value, (item, index) => plain(item, String(index), ancestors))
  if (value instanceof Map) return plainMap(value, ancestors)
  if (value instanceof Error) return { name: value.name, message: value.message }
  return plainEntries(
    Object.keys(value).map(name => [name, readProperty(value, name)]),
    ancestors,
  )
}

function plainMap(map: ReadonlyMap<unknown, unknown>, ancestors: readonly object[]): unknown {
  const entries = [...map]
  if (entries.every((entry): entry is [string, unknown] => typeof entry[0] === 'string'))
    return plainEntries(entries, ancestors)
  return entries.map(pair => pair.map((each, index) => plain(each, String(index), ancestors)))
}

function plainEntries(entries: readonly (readonly [string, unknown])[], ancestors: readonly object[]): unknown {
  const copy: Record<string, unknown> = Object.create(null)
  for (const [name, each] of entries) copy[name] = plain(each, name, ancestors)
  return copy
}
