import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { widthOf } from '../../terminal/width.ts'
import { renderValue } from './value.ts'

const lines = (value: unknown, columns?: number) =>
  renderValue(value, columns === undefined ? {} : { columns }).split('\n')

describe('one value', () => {
  it.each([
    ['a number', 3, '3'],
    ['minus nothing', -0, '0'],
    ['a fraction, as people read it', 0.1 + 0.2, '0.3'],
    ['a large number', 2 ** 53, '9007199254740992'],
    ['a bigint', 10n ** 20n, '100000000000000000000'],
    ['a truth', true, 'true'],
    ['a date', new Date(0), '1970-01-01 00:00:00 UTC'],
    ['a date with milliseconds', new Date(1), '1970-01-01 00:00:00.001 UTC'],
    ['an invalid date', new Date(NaN), 'invalid date'],
    ['an error', new RangeError('too far'), 'RangeError: too far'],
    ['an address', new URL('http://example.org/x'), 'http://example.org/x'],
    ['a pattern', /a+/g, '/a+/g'],
    ['bytes', new Uint8Array([0, 255]), '2 bytes: 00 ff'],
    ['many bytes', new Uint8Array(1000), `1000 bytes: ${'00 '.repeat(16)}…`],
    ['a function', () => 1, '[function]'],
    ['a symbol', Symbol('x'), 'Symbol(x)'],
    ['an empty list', [], '(none)'],
    ['an empty record', {}, '(none)'],
  ])('%s', (_, value, text) => {
    expect(renderValue(value)).toBe(text)
  })
})

describe('a list of records', () => {
  it('is a table: numbers stand to the right, what is absent is empty', () => {
    const value = [
      { name: 'Ann', age: 7, pets: ['cat'] },
      { name: 'Bartholomew', age: 101 },
      { name: '日本', since: new Date(0) },
    ]
    expect(lines(value)).toEqual([
      'name         age  pets  since',
      '-----------  ---  ----  -----------------------',
      'Ann            7  cat',
      'Bartholomew  101',
      '日本                    1970-01-01 00:00:00 UTC',
    ])
  })

  it('is fitted to the width: the widest columns are cut', () => {
    const value = [{ id: 1, title: 'a long title that goes on', text: '日本語テキストです' }]
    expect(lines(value, 26)).toEqual([
      'id  title       text',
      '--  ----------  ----------',
      ' 1  a long ti…  日本語テ…',
    ])
  })

  it('is one record below the other where no table fits', () => {
    const value = [
      { one: 1, two: 2, three: 3, four: 'four and more' },
      { one: 5, two: 6, three: 7, four: 'x' },
    ]
    expect(lines(value, 14)).toEqual([
      'one    1',
      'two    2',
      'three  3',
      'four   four and more',
      '',
      'one    5',
      'two    6',
      'three  7',
      'four   x',
    ])
  })

  it('never takes more columns than there are', () => {
    const record = fc.dictionary(
      fc.constantFrom('a', 'bb', 'name', '日本'),
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer()),
      { minKeys: 1 },
    )
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 30, max: 100 }),
        (records, columns) => {
          for (const line of lines(records, columns)) expect(widthOf(line)).toBeLessThanOrEqual(columns)
        },
      ),
    )
  })
})

describe('a record', () => {
  it('is a list of its fields, with what is nested in one line', () => {
    const value = { name: 'Ann', tags: ['a', 'b'], at: { x: 1, y: [2, 3] }, nothing: null, run: () => 1 }
    expect(lines(value)).toEqual(['name     Ann', 'tags     a, b', 'at       x: 1, y: [2, 3]', 'nothing'])
  })

  it('may be a map', () => {
    expect(
      lines(
        new Map<unknown, unknown>([
          ['a', 1],
          [2, { b: 3 }],
        ]),
      ),
    ).toEqual(['a  1', '2  b: 3'])
  })
})

describe('any other list', () => {
  it('is a line for each item', () => {
    expect(lines(['a', 2, [3, 4], { b: 5 }])).toEqual(['a', '2', '3, 4', 'b: 5'])
    expect(lines(new Set([1, 2]))).toEqual(['1', '2'])
  })
})

describe('bad values', () => {
  it('with escape sequences and line ends are shown harmless, names too', () => {
    expect(lines({ 'a\x1b[2J': 'x\x1b]0;t\x07\ny' })).toEqual(['a\\x1b[2J  x\\x1b]0;t\\x07\\ny'])
    expect(lines([{ 'a\n': '\x9b' }])).toEqual(['a\\n', '----', '\\x9b'])
    expect(lines(['\x1b'])).toEqual(['\\x1b'])
    expect(lines(new Map([['\r', 1]]))).toEqual(['\\r  1'])
  })

  it('that contain themselves, or are nested without end, end', () => {
    const cyclic: Record<string, unknown> = { a: 1 }
    cyclic['self'] = cyclic
    expect(lines({ cyclic })).toEqual(['cyclic  a: 1, self: [circular]'])
    let deep: unknown = 'bottom'
    for (let depth = 0; depth < 10_000; depth++) deep = [deep]
    expect(renderValue({ deep })).toBe('deep  [[[…]]]')
  })

  it('whose getters throw, or that are proxies of nothing, say so', () => {
    const value = {
      ok: 1,
      get bad(): number {
        throw new Error('no\x1b')
      },
    }
    expect(lines(value)).toEqual(['ok   1', 'bad  [unreadable: no\\x1b]'])
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(renderValue(proxy)).toMatch(/^\[unreadable/)
    expect(renderValue({ toString: undefined })).toBe('toString')
  })

  it('that are huge are bounded, and say how much more there is', () => {
    const list = Array.from({ length: 100_000 }, (_, n) => n)
    expect(lines(list)).toHaveLength(1001)
    expect(lines(list).at(-1)).toBe('… and 99000 more')
    expect(lines(list.map(n => ({ n })))).toHaveLength(1003)
    expect(lines(Object.fromEntries(list.map(n => [`f${n}`, n]))).at(-1)).toBe('… and 99000 more')
    expect(
      lines(
        list.map(n => Object.fromEntries(list.slice(0, 50).map(m => [`field${m}`, n]))),
        40,
      ).at(-1),
    ).toMatch(/^… and \d+ more$/)
    expect(renderValue(['x'.repeat(10_000_000)])).toHaveLength(2000)
    expect(renderValue({ list })).toHaveLength('list  '.length + 2000)
  })

  it('whose parts are shared, and multiply, are bounded too', () => {
    let bomb: unknown = 'x'
    for (let n = 0; n < 40; n++) bomb = Array.from({ length: 1000 }, () => bomb)
    expect(renderValue({ bomb })).toHaveLength('bomb  '.length + 2000)
  })

  it('never throw, and never hold a control character but the line end', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true }),
        value => {
          expect(renderValue(value, { columns: 40 })).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/)
        },
      ),
    )
  })
})
