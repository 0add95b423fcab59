import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ArgumentFault, readArguments } from './arguments.ts'
import type { Arguments } from './text.ts'
import { readUsage } from './reader.ts'
import type { StandardSchemaV1 } from './standard-schema.ts'
import { checkKeys, validate } from './validate.ts'
import type { Validators } from './validate.ts'

function check(text: string, line: string, validators: Validators): unknown {
  const usage = readUsage(text)
  const words = ['go', ...line.split(' ').filter(word => word !== '')]
  return validate(usage, words, 1, readArguments(usage, words, 1) as Arguments, validators)
}
function schema(validate: StandardSchemaV1['~standard']['validate']): StandardSchemaV1 {
  return { '~standard': { version: 1, vendor: 'test', validate } }
}
const refuses = (message: string) => schema(() => ({ issues: [{ message }] }))

describe('validators', () => {
  it('of zod, valibot and arktype replace the argument with what they make', () => {
    const date = new Date('2026-01-02')
    expect(check('go <d>', '2026-01-02', { d: z.coerce.date() })).toEqual({ d: date })
    expect(
      check('go <d>', '2026-01-02', {
        d: v.pipe(
          v.string(),
          v.transform(text => new Date(text)),
        ),
      }),
    ).toEqual({ d: date })
    expect(check('go <d>', '2026-01-02', { d: type('string.date.parse') })).toEqual({ d: date })
  })

  it('are given what the usage text declares: a number, a list', () => {
    const seen: unknown[] = []
    const spy = schema(value => {
      seen.push(value)
      return { value }
    })
    check('go <n:number> [all:integer...]', '3 4 5', { n: spy, all: spy })
    expect(seen).toEqual([3, [4, 5]])
  })

  it('do not see what is absent, but see defaults', () => {
    expect(check('go [a] [--b <b>]', '', { a: refuses('no'), b: refuses('no') })).toEqual({})
    expect(check('go [n:integer=3]', '', { n: z.number().max(2) })).toBeInstanceOf(ArgumentFault)
  })

  it('answer with their first issue, at the word that it is about', () => {
    expect(check('go <a> <n:number>', 'x 0', { n: z.number().min(1, 'at least 1') })).toEqual(
      new ArgumentFault(2, 'n: at least 1'),
    )
    expect(check('go <a> [n:number...]', 'x 1 0 1', { n: z.array(z.number().min(1, 'at least 1')) })).toEqual(
      new ArgumentFault(3, 'n: at least 1'),
    )
    expect(check('go [--tag <t>...] <a>', '--tag a x --tag=b', { tag: z.array(z.enum(['a'], 'only a')) })).toEqual(
      new ArgumentFault(4, 'tag: only a'),
    )
    expect(check('go [n=3]', '', { n: refuses('never') })).toEqual(new ArgumentFault(1, 'n: never'))
  })

  it('cannot make a terminal do anything by their message', () => {
    expect(check('go <a>', 'x', { a: refuses(`\x1b[2J\n${'x'.repeat(1000)}`) })).toEqual(
      new ArgumentFault(1, `a: \\x1b[2J\\n${'x'.repeat(294)}…`),
    )
  })

  it('may have no message at all', () => {
    expect(check('go <a>', 'x', { a: schema(() => ({ issues: [] })) })).toEqual(new ArgumentFault(1, 'a: not valid'))
  })

  it('may be asynchronous, and are asked in order', async () => {
    const order: string[] = []
    const slow = schema(async value => {
      order.push('slow')
      return { value: `${String(value)}!` }
    })
    const quick = schema(value => {
      order.push('quick')
      return { value }
    })
    const result = check('go <a> <b>', 'x y', { a: slow, b: quick })
    expect(result).toBeInstanceOf(Promise)
    expect(await result).toEqual({ a: 'x!', b: 'y' })
    expect(order).toEqual(['slow', 'quick'])
  })

  it('stop at the first that refuses, later as well', async () => {
    const slow = schema(async () => ({ issues: [{ message: 'taken' }] }))
    expect(await check('go <a> <b>', 'x y', { a: slow, b: refuses('not asked') })).toEqual(
      new ArgumentFault(1, 'a: taken'),
    )
  })

  it('that throw or reject do so to the caller', async () => {
    const throws = schema(() => {
      throw new Error('broken')
    })
    const rejects = schema(() => Promise.reject(new Error('broken')))
    expect(() => check('go <a>', 'x', { a: throws })).toThrow('broken')
    await expect(check('go <a>', 'x', { a: rejects })).rejects.toThrow('broken')
  })

  it('for no parameter are found at the definition', () => {
    const usage = readUsage('go <a> [-n, --count <n>]')
    expect(() => checkKeys(usage, { a: z.string(), count: z.string() })).not.toThrow()
    expect(() => checkKeys(usage, { n: z.string() })).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining("no parameter is named 'n'") }),
    )
  })
})
