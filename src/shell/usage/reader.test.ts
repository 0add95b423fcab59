import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUsage } from './reader.ts'
import { USAGE_SENTENCES } from './sentences.ts'
import { RIGHT_USAGES, USAGE_LIKE, WRONG_USAGES, typeOf } from './texts.suite.ts'

describe('a usage text that cannot be read', () => {
  it.each(WRONG_USAGES)('%j: %s', (text, sentence) => {
    // A question needs no full stop.
    const message = `The usage text "${text}" cannot be read: ${sentence}${sentence.endsWith('?') ? '' : '.'}`
    expect(() => readUsage(text)).toThrow(expect.objectContaining({ code: 'USAGE', message }))
  })

  it.each(Object.entries(USAGE_SENTENCES))('the fault %s has an example', (_, template) => {
    const pattern = new RegExp(`^${template.replaceAll(/[$()*+.?[\]\\|^]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^]*')}$`)
    expect(WRONG_USAGES.some(([, sentence]) => pattern.test(sentence))).toBe(true)
  })

  it('is one whose default is larger than its type, which the compiler cannot see', () => {
    expect(() => readUsage(`go [n:integer=${'9'.repeat(30)}]`)).toThrow('is not a whole number')
  })
})

describe('a usage text that can be read', () => {
  it.each(RIGHT_USAGES)('%j declares %s', (text, type) => {
    expect(typeOf(readUsage(text))).toBe(type)
  })

  it('has words with their names, the first of which is the name', () => {
    const { words, name } = readUsage('user|users  add|create <name>')
    expect(words).toEqual([
      ['user', 'users'],
      ['add', 'create'],
    ])
    expect(name).toBe('user add')
  })

  it('has parameters', () => {
    expect(readUsage('go <a:integer> [b:low|high=low] [c...]').parameters).toEqual([
      { name: 'a', type: 'integer', choices: [], required: true, many: false },
      {
        name: 'b',
        type: 'choice',
        choices: ['low', 'high'],
        required: false,
        many: false,
        default: { text: 'low', value: 'low' },
      },
      { name: 'c', type: 'string', choices: [], required: false, many: true },
    ])
  })

  it('has flags', () => {
    expect(readUsage('go [-f, --follow] [--dry-run] [-v] [-n, --count <n:integer=3>] [--tag <t>...]').flags).toEqual([
      { key: 'follow', short: 'f', long: 'follow', many: false },
      { key: 'dryRun', long: 'dry-run', many: false },
      { key: 'v', short: 'v', many: false },
      {
        key: 'count',
        short: 'n',
        long: 'count',
        many: false,
        value: { name: 'n', type: 'integer', choices: [], default: { text: '3', value: 3 } },
      },
      { key: 'tag', long: 'tag', many: true, value: { name: 't', type: 'string', choices: [] } },
    ])
  })

  it.each([
    ['light <state:on|off>', '<on|off>'],
    ['set [all:left|right...]', '[left|right...]'],
    [
      'list [-s, --sort <by:name|count=name>] [--tag <t:red|green>...]',
      '[-s, --sort <name|count>] [--tag <red|green>...]',
    ],
    ['log <level:debug|info|notice|warning|errors>', '<debug|info|notice|warning|errors>'],
    ['log <level:debug|info|notice|warnings|errors>', '<level>'],
    [`go [of:${Array.from({ length: 500 }, (_, i) => `c${i}`).join('|')}]`, '[of]'],
  ])('shows choices where they are short: %s', (text, shown) => {
    expect(readUsage(text).shown).toBe(shown)
  })

  it('is shown without types and defaults', () => {
    expect(readUsage('go [-n, --count <n:integer=3>] [--tag <t>...] <a:number> [b:low|high=low] [c...]').shown).toBe(
      '[-n, --count <n>] [--tag <t>...] <a> [low|high] [c...]',
    )
    expect(readUsage('bye').shown).toBe('')
  })

  it('says whether plain objects inherit one of its names', () => {
    expect(readUsage('go <a>').inherited).toBe(false)
    expect(readUsage('go [constructor]').inherited).toBe(true)
    expect(readUsage('go [--value-of]').inherited).toBe(true)
  })
})

describe('any text', () => {
  it('is read, or refused with one of the sentences', () => {
    fc.assert(
      fc.property(USAGE_LIKE, text => {
        try {
          expect(readUsage(text).text).toBe(text)
        } catch (error) {
          expect(error).toMatchObject({ code: 'USAGE' })
        }
      }),
    )
  })
})
