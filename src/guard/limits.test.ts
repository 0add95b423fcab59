import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AnswerbackError } from '../core/options/errors.ts'
import { REFUSALS } from './admission.ts'
import { chooseLimits, LIMITS } from './limits.ts'
import type { LimitName, ServerLimits } from './limits.ts'

const chosen = (limits: ServerLimits) => chooseLimits(limits, range => range.startsWith('192.'))

function faultsOf(limits: object): string {
  try {
    chosen(limits)
  } catch (error) {
    if (error instanceof AnswerbackError && error.code === 'LIMITS') return error.message
  }
  throw new Error('no fault was found')
}

const names = Object.keys(LIMITS) as LimitName[]
const times = names.filter(name => LIMITS[name].unit === 'milliseconds')

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

  it.each(times)('%s is refused where it can only be a number of seconds', name => {
    const orZero = ['maxLoginDelay', 'idleWarning'].includes(name)
    const way = `it is a whole number of milliseconds, ${orZero ? '0, or ' : ''}1000 or more, or Infinity`
    for (const wrong of [1, 60, 999, ...(orZero ? [] : [0])])
      expect(faultsOf({ [name]: wrong })).toContain(`${name} cannot be ${wrong}: ${way}`)
    if (orZero) expect(chosen({ [name]: 0 })[name]).toBe(0)
  })

  it('are refused where the warning alone can only be a number of seconds', () => {
    expect(faultsOf({ idleTimeout: 1800, idleWarning: 60 })).toContain('idleWarning cannot be 60')
    expect(faultsOf({ idleTimeout: 1800, idleWarning: 60_000 })).toContain('make it no more than half of idleTimeout')
  })

  it.each([-1, 1.5, Number.NaN, -Infinity, '7', null, true])('%j is no limit', value => {
    expect(faultsOf({ maxConnections: value })).toBe(
      `These limits are wrong. maxConnections cannot be ${value}: it is a whole number of connections, 1 or more, or Infinity for no limit.`,
    )
  })

  it('are told all that is wrong with them at once, each in one sentence with the way out', () => {
    const message = faultsOf({
      maxConections: 5,
      idleTimeout: -1,
      maxUnauthenticated: 10,
      maxUnauthenticatedPerAddress: 11,
      slowReader: 'wait',
      allow: ['192.0.2.0/24', 'nowhere'],
      deny: 'all',
    })
    for (const sentence of [
      'There is no limit maxConections. Did you mean `maxConnections`?',
      'idleTimeout cannot be -1: it is a whole number of milliseconds, 1000 or more, or Infinity for no limit.',
      'maxUnauthenticatedPerAddress cannot be 11 where maxUnauthenticated is 10: make it no more than maxUnauthenticated.',
      'slowReader cannot be wait: it is one of drop, end.',
      'allow cannot hold nowhere: it is an address or a range, as 192.0.2.0/24 is.',
      'deny cannot be all: it is a list of addresses and ranges.',
    ])
      expect(message).toContain(sentence)
  })

  it('may not contradict each other', () => {
    expect(faultsOf({ idleTimeout: 601_000, sessionTimeout: 600_000 })).toContain('make it no more than sessionTimeout')
    expect(faultsOf({ idleWarning: 31_000, idleTimeout: 60_000 })).toContain('make it no more than half of idleTimeout')
    expect(faultsOf({ maxConnectionsPerAddress: 11, maxConnections: 10 })).toContain(
      'make it no more than maxConnections',
    )
    expect(chosen({ idleTimeout: 600_000, sessionTimeout: 600_000, idleWarning: 300_000 }).idleTimeout).toBe(600_000)
    expect(chosen({ maxConnectionsPerAddress: Infinity, maxConnections: 10 }).maxConnections).toBe(10)
  })

  it('that are not given follow those that are', () => {
    expect(chosen({ sessionTimeout: 100_000 })).toMatchObject({
      sessionTimeout: 100_000,
      idleTimeout: 100_000,
      idleWarning: 50_000,
    })
    expect(chosen({ maxConnections: 7 })).toMatchObject({
      maxConnectionsPerAddress: 7,
      maxUnauthenticated: 7,
      maxUnauthenticatedPerAddress: 7,
    })
    expect(chosen({ idleTimeout: 100_000_000 })).toMatchObject({
      idleTimeout: 100_000_000,
      sessionTimeout: 100_000_000,
    })
  })
})

it('the comments on the limits tell the defaults', () => {
  const comments = readFileSync('src/guard/limits.ts', 'utf8').matchAll(/@default ([\d,]+).*\n +\*\/\n +(\w+)\?:/g)
  const told = [...comments].map(([, value = '', name]) => [name, Number(value.replaceAll(',', ''))])
  expect(told).toEqual(names.map(name => [name, LIMITS[name].default]))
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
