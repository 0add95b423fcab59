import { describe, expect, it } from 'vitest'
import type { Peer } from '../core/connection.ts'
import { FORGET_AFTER_MS, FREE_TRIES, MemoryLoginTries, TRIES_REMEMBERED } from './login-tries.ts'

const from = (address?: string): Peer => ({
  transport: 'telnet',
  secure: false,
  ...(address !== undefined && { address }),
})

function triesOf(most = 30_000, digest = (name: string) => `digest of ${name}`) {
  const time = { now: 0 }
  const tries = new MemoryLoginTries(
    most,
    address => address === '127.0.0.1',
    () => time.now,
    digest,
  )
  const delays = (count: number, name: (i: number) => string, address: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => tries.attempt(name(i), from(address(i))))
  return { tries, time, delays }
}

const one = (text: string) => () => text
const each = (prefix: string) => (i: number) => `${prefix}${i}`

describe('login tries', () => {
  it('for one name wait longer and longer, from wherever they come, after the free ones', () => {
    const { delays } = triesOf()
    expect(delays(FREE_TRIES.name + 7, one('root'), each('192.0.2.'))).toEqual([
      0, 0, 0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ])
  })

  it('from one address wait longer and longer, whatever the names, after the free ones', () => {
    const { delays } = triesOf()
    expect(delays(FREE_TRIES.address + 3, each('name'), one('192.0.2.1')).slice(-4)).toEqual([0, 1000, 2000, 4000])
  })

  it('from one /64 are from one address', () => {
    const { delays } = triesOf()
    expect(delays(FREE_TRIES.address + 1, each('name'), each('2001:db8::')).at(-1)).toBe(1000)
  })

  it('from one /56 and one /48 wait as well, after four and sixteen times as many', () => {
    const free = FREE_TRIES.address
    const household = triesOf().delays(free * 4 + 2, each('name'), i => `2001:db8:0:${i.toString(16)}::1`)
    expect(household.slice(-3)).toEqual([0, 1000, 2000])
    const site = triesOf().delays(free * 16 + 2, each('name'), i => `2001:db8:0:${(i * 256).toString(16)}::1`)
    expect(site.slice(-3)).toEqual([0, 1000, 2000])
  })

  it('of a machine that waits do not make its site wait', () => {
    const { tries, delays } = triesOf()
    delays(FREE_TRIES.address * 20, each('name'), one('2001:db8::1'))
    expect(tries.attempt('joe', from('2001:db8:0:1::1'))).toBe(0)
  })

  it('from a whole site have no other failures forgotten', () => {
    const { tries, delays } = triesOf()
    delays(FREE_TRIES.address, each('name'), one('192.0.2.1'))
    delays(TRIES_REMEMBERED * 2, one('root'), i => `2001:db8:bad:${i.toString(16)}::1`)
    expect(tries.attempt('joe', from('192.0.2.1'))).toBe(1000)
  })

  it('of a network that waits already are counted on, when its site has to wait too', () => {
    const { tries, delays } = triesOf()
    delays(FREE_TRIES.address + 9, each('name'), one('2001:db8::1'))
    delays(FREE_TRIES.address * 16, each('other'), i => `2001:db8:0:${(i * 256 + 256).toString(16)}::1`)
    expect(tries.attempt('joe', from('2001:db8::1'))).toBe(30_000)
  })

  it('for another name, from another address, do not wait', () => {
    const { delays, tries } = triesOf()
    delays(100, one('root'), one('192.0.2.1'))
    expect(tries.attempt('joe', from('192.0.2.2'))).toBe(0)
  })

  it('are forgotten when none has come for a while', () => {
    const { tries, time, delays } = triesOf()
    delays(50, one('root'), one('192.0.2.1'))
    time.now += FORGET_AFTER_MS - 1
    expect(tries.attempt('root', from('192.0.2.1'))).toBe(30_000)
    time.now += FORGET_AFTER_MS
    expect(tries.attempt('root', from('192.0.2.1'))).toBe(0)
  })

  it('of a name that has got in are forgiven where it came from; the address is not free by that', () => {
    const { tries, delays } = triesOf()
    delays(FREE_TRIES.address, one('joe'), one('192.0.2.1'))
    tries.accepted('joe', from('192.0.2.1'))
    expect(tries.attempt('joe', from('192.0.2.9'))).toBe(0)
    expect(delays(2, each('name'), one('192.0.2.1'))).toEqual([0, 1000])
  })

  it('of a guesser elsewhere go on as slowly when the real user has logged in', () => {
    const { tries, delays } = triesOf()
    expect(delays(6, one('joe'), one('198.51.100.1')).at(-1)).toBe(4000)
    expect(delays(2, one('joe'), one('192.0.2.1'))).toEqual([8000, 16_000])
    tries.accepted('joe', from('192.0.2.1'))
    expect(delays(2, one('joe'), one('198.51.100.1'))).toEqual([8000, 16_000])
    tries.accepted('joe', from('192.0.2.1'))
    expect(tries.attempt('joe', from('198.51.100.2'))).toBe(30_000)
  })

  it('from elsewhere in the network of the real user are forgiven as its own are', () => {
    const { tries, delays } = triesOf()
    delays(6, one('joe'), one('2001:db8::1'))
    tries.accepted('joe', from('2001:db8::2'))
    expect(tries.attempt('joe', from('2001:db8:0:1::1'))).toBe(0)
  })

  it('for spellings of one name are counted as one', () => {
    const { delays } = triesOf()
    const spellings = ['joe', 'JOE', 'Joe', 'ｊｏｅ', 'jOe']
    expect(delays(5, i => spellings[i] ?? '', each('192.0.2.'))).toEqual([0, 0, 0, 1000, 2000])
  })

  it('do not wait where that is switched off, nor from exempt addresses', () => {
    expect(
      triesOf(0)
        .delays(50, one('root'), one('192.0.2.1'))
        .every(delay => delay === 0),
    ).toBe(true)
    expect(
      triesOf()
        .delays(50, one('root'), one('127.0.0.1'))
        .every(delay => delay === 0),
    ).toBe(true)
  })

  it('are remembered by digests of names alone: what is typed in place of a name is not kept', () => {
    const asked: string[] = []
    const { delays, tries } = triesOf(30_000, name => (asked.push(name), name.slice(0, 1)))
    delays(FREE_TRIES.name, one('joe'), each('192.0.2.'))
    expect(tries.attempt('jane', from('192.0.2.99'))).toBe(1000)
    tries.accepted('jim', from('192.0.2.99'))
    expect(tries.attempt('joe', from('192.0.2.98'))).toBe(1000)
    expect(asked).toEqual(['joe', 'joe', 'joe', 'jane', 'jim', 'joe'])
  })

  it('without an address are counted by name', () => {
    const { tries } = triesOf()
    expect([1, 2, 3, 4].map(() => tries.attempt('root', from()))).toEqual([0, 0, 0, 1000])
  })

  it('cost a bounded memory, however many names there are and however long', () => {
    const { tries } = triesOf()
    const long = 'x'.repeat(1000)
    tries.attempt('first', from('192.0.2.1'))
    for (let i = 0; i < TRIES_REMEMBERED; i++) tries.attempt(`${long}${i}`, from())
    for (let i = 0; i < FREE_TRIES.name; i++) expect(tries.attempt('first', from('192.0.2.2'))).toBe(0)
  })
})
