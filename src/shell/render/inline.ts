import { SafeText } from '../../core/text/safe-text.ts'
import { readProperty, unreadable } from './property.ts'
import { visible } from '../../core/text/visible.ts'

/**
 * Returns a value in one line, for people. Text is unchanged, numbers and dates are readable. Lists
 * become `a, b, c`, records `name: Ann, age: 3`, with brackets if nested. Never throws, whatever
 * getters and proxies do. It returns at most `limit` characters, and no active control character.
 */
export function inline(value: unknown, limit: number = LONGEST): string {
  const line = new InlineText(limit)
  line.write(value, 0)
  return visible(line.text, limit)
}

/**
 * A value by its visible parts. Bytes, errors, and objects with a `toString` of their own are
 * scalars.
 */
export type Shape =
  | { readonly type: 'scalar'; readonly text: string; readonly numeric: boolean }
  | { readonly type: 'list'; readonly size: number; readonly items: Iterable<unknown> }
  | { readonly type: 'record'; readonly fields: readonly Field[] }

export type Field = readonly [name: string, value: unknown]

/** Returns the shape of a value. Never throws: an unreadable value is a scalar that says so. */
export function shapeOf(value: unknown): Shape {
  try {
    return typeof value === 'object' && value !== null ? shapeOfObject(value) : scalar(value)
  } catch (error) {
    return { type: 'scalar', text: unreadable(error), numeric: false }
  }
}

/** UTF-16 units of one value in a line. */
const LONGEST = 2000
/** Deeper nesting shows as `…`. */
const DEEPEST = 4

class InlineText {
  text = ''
  readonly #limit: number
  readonly #ancestors: unknown[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  write(value: unknown, depth: number): void {
    if (this.#ancestors.includes(value)) this.text += '[circular]'
    else this.#writeShape(value, shapeOf(value), depth)
  }

  #writeShape(value: unknown, shape: Shape, depth: number): void {
    if (shape.type === 'scalar') this.text += visible(shape.text, this.#limit + 1)
    else if (depth === DEEPEST) this.text += '…'
    else this.#nest(value, shape, depth)
  }

  #nest(value: unknown, shape: Exclude<Shape, { type: 'scalar' }>, depth: number): void {
    const [open, close] = depth === 0 ? ['', ''] : shape.type === 'list' ? ['[', ']'] : ['{', '}']
    this.#ancestors.push(value)
    this.text += open
    if (shape.type === 'list') this.#each(shape.items, item => this.write(item, depth + 1))
    else this.#each(shape.fields, field => this.#field(field, depth + 1))
    this.text += close
    this.#ancestors.pop()
  }

  #field([name, value]: Field, depth: number): void {
    this.text += `${visible(name, this.#limit)}: `
    this.write(value, depth)
  }

  /** Writes each item until the line is full, so that a huge list costs no more than a long one. */
  #each<T>(items: Iterable<T>, write: (item: T) => void): void {
    let first = true
    for (const item of items) {
      if (this.text.length > this.#limit) return
      if (!first) this.text += ', '
      first = false
      write(item)
    }
  }
}

function shapeOfObject(value: object): Shape {
  if (Array.isArray(value)) return { type: 'list', size: value.length, items: value }
  if (value instanceof Set) return { type: 'list', size: value.size, items: value }
  if (value instanceof Map)
    return { type: 'record', fields: Array.from(value, ([key, each]) => [inline(key, 100), each] as const) }
  if (value instanceof SafeText) return { type: 'scalar', text: value.toJSON(), numeric: false }
  if (value instanceof Date) return { type: 'scalar', text: dateText(value), numeric: false }
  if (value instanceof Error) return { type: 'scalar', text: `${value.name}: ${value.message}`, numeric: false }
  if (ArrayBuffer.isView(value)) return { type: 'scalar', text: bytesText(value), numeric: false }
  const fields = fieldsOf(value)
  const { toString } = value as { toString?: () => string }
  if (fields.length > 0 || toString === undefined || toString === Object.prototype.toString)
    return { type: 'record', fields }
  return { type: 'scalar', text: toString.call(value), numeric: false }
}

/** Returns the own properties except methods; a property whose getter throws says so. */
function fieldsOf(value: object): Field[] {
  return Object.keys(value).flatMap(name => {
    const each = readProperty(value, name)
    return typeof each === 'function' ? [] : [[name, each] as const]
  })
}

function scalar(value: unknown): Shape {
  if (value === undefined || value === null) return { type: 'scalar', text: '', numeric: false }
  if (typeof value === 'number') return { type: 'scalar', text: numberText(value), numeric: true }
  if (typeof value === 'function') return { type: 'scalar', text: '[function]', numeric: false }
  return {
    type: 'scalar',
    text: (value as string | bigint | boolean | symbol).toString(),
    numeric: typeof value === 'bigint',
  }
}

/** Returns a number with fifteen digits, which doubles hold: 0.1 + 0.2 shows as 0.3. */
function numberText(value: number): string {
  return String(Number.isInteger(value) ? value + 0 : Number(value.toPrecision(15)))
}

/** Returns a date in UTC: a server does not know its reader's time zone. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'invalid date'
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/(?:\.000)?Z$/, ' UTC')
}

function bytesText({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const shown = new Uint8Array(buffer, byteOffset, Math.min(byteLength, 16))
  const digits = Array.from(shown, byte => byte.toString(16).padStart(2, '0')).join(' ')
  return `${byteLength} bytes: ${digits}${byteLength > 16 ? ' …' : ''}`
}
