import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toJson } from './json.ts'

const cyclic: Record<string, unknown> = { name: 'x' }
cyclic['self'] = cyclic
cyclic['list'] = [cyclic]

describe('a value as JSON', () => {
  it.each([
    ['nothing', undefined, 'null'],
    ['a function', () => 1, 'null'],
    ['a symbol', Symbol('x'), 'null'],
    ['a number that is none', NaN, 'null'],
    ['a bigint', { n: 12345678901234567890n }, '{"n":"12345678901234567890"}'],
    ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['an invalid date', new Date(NaN), 'null'],
    ['a map', new Map([['a', 1]]), '{"a":1}'],
    ['a map with other keys', new Map<unknown, unknown>([[1, 'x']]), '[[1,"x"]]'],
    ['a set', new Set([1, 2]), '[1,2]'],
    ['bytes', new Uint8Array([1, 255]), '[1,255]'],
    ['an error', new TypeError('no'), '{"name":"TypeError","message":"no"}'],
    ['what contains itself', cyclic, '{"name":"x","self":"[circular]","list":["[circular]"]}'],
    ['the same thing twice', [cyclic['name'], cyclic['name']], '["x","x"]'],
    ['toJSON', { toJSON: () => ({ a: 1n }) }, '{"a":"1"}'],
    [
      'a toJSON that throws',
      { a: { toJSON: () => Number.parseInt(Symbol() as never) } },
      '{"a":"[unreadable: Cannot convert a Symbol value to a string]"}',
    ],
    ['__proto__', JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
    ['escape sequences', '\x1b[2J\x9b\u202e', '"\\u001b[2J\\u009b\\u202e"'],
  ])('%s', (_, value, json) => {
    expect(toJson(value)).toBe(json)
  })

  it('shows a getter that throws, and what no proxy gives', () => {
    const getter = {
      get a(): number {
        throw new Error('no')
      },
    }
    expect(toJson(getter)).toBe('{"a":"[unreadable: no]"}')
    const proxy = new Proxy({}, { ownKeys: () => Reflect.ownKeys(null as never) })
    expect(toJson([1, proxy])).toMatch(/^\[1,"\[unreadable: .*\]"\]$/)
  })

  it('ends where nesting has no end', () => {
    let deep: unknown = 'bottom'
    for (let depth = 0; depth < 10_000; depth++) deep = [deep]
    expect(toJson(deep)).toBe(`${'['.repeat(500)}"[too deep]"${']'.repeat(500)}`)
  })

  it('is what JSON.stringify makes of plain values, in one line', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const json = toJson(value)
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(json).not.toContain('\n')
      }),
    )
  })
})
