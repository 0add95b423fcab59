import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AnswerbackError } from '../core/errors.ts'
import { REFUSALS } from './admission.ts'
import { chooseLimits, LIMITS } from './limits.ts'
import type { LimitName, Limits } from './limits.ts'

const chosen = (limits: Limits) => chooseLimits(limits, range => range.startsWith('192.'))

function faultsOf(limits: object): string {
  try {
    chosen(limits)
  } catch (error) {
    if (error instanceof AnswerbackError && error.code === 'LIMITS') return error.message
  }
  throw new Error('no fault was found')
}

const names = Object.keys(LIMITS) as LimitName[]

describe('limits', () => {
  it('are all on where none is given', () => {
    const limits = chosen({})
    for (const name of names) expect(limits[name]).toBe(LIMITS[name].default)
    expect(limits).toMatchObject({ slowReader: 'drop', allow: [], deny: [], exempt: [] })
    expect(Object.values(LIMITS).map(row => row.default)).not.toContain(Infinity)
  })

  it.each(names)('%s can be set, as low as its least, and switched off', name => {
    const { least } = LIMITS[name]
    expect(chosen({ [name]: Infinity })[name]).toBe(Infinity)
    expect(chosen({ [name]: least })[name]).toBe(least)
    expect(chosen({ [name]: least + 1 })[name]).toBe(least + 1)
    expect(faultsOf({ [name]: least - 1 })).toContain(`${name} cannot be ${least - 1}`)
  })

  it.each([-1, 1.5, Number.NaN, -Infinity, '7', null, true])('%j is no limit', value => {
    expect(faultsOf({ connections: value })).toBe(
      `The limits cannot be meant. connections cannot be ${value}: it is a whole number of connections, 1 or more, or Infinity for no limit.`,
    )
  })

  it('are told all that is wrong with them at once, each in one sentence with the way out', () => {
    const message = faultsOf({
      conections: 5,
      idleTime: -1,
      loggingIn: 10,
      loggingInPerAddress: 11,
      slowReader: 'wait',
      allow: ['192.0.2.0/24', 'nowhere'],
      deny: 'all',
    })
    for (const sentence of [
      'There is no limit conections. Did you mean `connections`?',
      'idleTime cannot be -1: it is a whole number of seconds, 1 or more, or Infinity for no limit.',
      'loggingInPerAddress cannot be 11 where loggingIn is 10: make it no more than loggingIn.',
      'slowReader cannot be wait: it is one of drop, end.',
      'allow cannot hold nowhere: it is an address or a range, as 192.0.2.0/24 is.',
      'deny cannot be all: it is a list of addresses and ranges.',
    ])
      expect(message).toContain(sentence)
  })

  it('may not contradict each other', () => {
    expect(faultsOf({ idleTime: 601, sessionTime: 600 })).toContain('make it no more than sessionTime')
    expect(faultsOf({ idleWarning: 31, idleTime: 60 })).toContain('make it no more than half of idleTime')
    expect(faultsOf({ connectionsPerAddress: 11, connections: 10 })).toContain('make it no more than connections')
    expect(chosen({ idleTime: 600, sessionTime: 600, idleWarning: 300 }).idleTime).toBe(600)
    expect(chosen({ connectionsPerAddress: Infinity, connections: 10 }).connections).toBe(10)
  })

  it('that are not given follow those that are', () => {
    expect(chosen({ sessionTime: 100 })).toMatchObject({ sessionTime: 100, idleTime: 100, idleWarning: 50 })
    expect(chosen({ connections: 7 })).toMatchObject({ connectionsPerAddress: 7, loggingIn: 7, loggingInPerAddress: 7 })
    expect(chosen({ idleTime: 100_000 })).toMatchObject({ idleTime: 100_000, sessionTime: 100_000 })
  })
})

describe('docs/OPERATIONS.md', () => {
  const rows = [...readFileSync('docs/OPERATIONS.md', 'utf8').matchAll(/^\| `(\w+)` +\| (.+?) +\|/gm)]

  it('has every limit with its default, in the order of the table', () => {
    const documented = rows
      .filter(([, , value = '']) => /^[\d,]+$/.test(value))
      .map(([, name, value = '']) => [name, Number(value.replaceAll(',', ''))])
    expect(documented).toEqual(names.map(name => [name, LIMITS[name].default]))
  })

  it('has every line that a refused peer reads', () => {
    const documented = rows.filter(([, name = '']) => name in REFUSALS).map(([, name, value]) => [name, value])
    for (const refusal of Object.entries(REFUSALS)) expect(documented).toContainEqual(refusal)
  })
})
