import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArgumentFault, lineStart, readArguments, wordOf } from './arguments.ts'
import { readUsage } from './reader.ts'

/** Returns the arguments, or the fault, of the words after `cmd`, separated at blanks. */
function read(usage: string, line: string): unknown {
  return readWords(usage, line === '' ? [] : line.split(' '))
}
function readWords(usage: string, words: readonly string[]): unknown {
  return readArguments(readUsage(usage), ['cmd', ...words], 1)
}
function fault(word: number, sentence: string): ArgumentFault {
  return new ArgumentFault(word, sentence)
}

describe('positional parameters', () => {
  it.each([
    ['cmd', '', {}],
    ['cmd <a>', 'x', { a: 'x' }],
    ['cmd <a> [b]', 'x', { a: 'x' }],
    ['cmd <a> [b]', 'x y', { a: 'x', b: 'y' }],
    ['cmd <a...>', 'x y z', { a: ['x', 'y', 'z'] }],
    ['cmd [a...]', '', { a: [] }],
    ['cmd <a> [b] [c:integer...]', 'x y 1 2', { a: 'x', b: 'y', c: [1, 2] }],
    ['cmd [n:integer=10]', '', { n: 10 }],
    ['cmd [n:integer=10]', '7', { n: 7 }],
    ['cmd [level:low|high=low] [on:boolean=yes]', '', { level: 'low', on: true }],
    ['cmd [greeting=good day]', '', { greeting: 'good day' }],
    ['cmd <text...>', '-n --x -', { text: ['-n', '--x', '-'] }],
    ['cmd <text...>', '-n -- --x --', { text: ['-n', '--x', '--'] }],
    ['cmd <pattern> [file]', '-- -v', { pattern: '-v' }],
    ['cmd <pattern> [file]', '-v -- --', { pattern: '-v', file: '--' }],
    ['cmd [text...]', '--', { text: [] }],
    ['cmd', '--', {}],
  ])('%s, given "%s"', (usage, line, args) => {
    expect(read(usage, line)).toStrictEqual(args)
  })

  it.each([
    ['cmd', 'x', 1, "one word too many: 'x'"],
    ['cmd <a>', 'x y z', 2, "2 words too many, from 'y' on"],
    ['cmd <a>', '', 1, 'needs <a>'],
    ['cmd <seconds:number> <message>', '3', 2, 'needs <message>'],
    ['cmd <a> <b> [c]', '', 1, 'needs <a> and <b>'],
    ['cmd <a> <b...>', '', 1, 'needs <a> and <b...>'],
    ['cmd <seconds:number> <message>', 'abc hello', 1, "seconds must be a number, not 'abc'"],
    ['cmd <m> <n:integer>', 'a 1.5', 2, "n must be a whole number, not '1.5'"],
    ['cmd <n:boolean>', 'maybe', 1, "n must be yes or no, not 'maybe'"],
    ['cmd <n:low|high>', 'medium', 1, "n must be low or high, not 'medium'"],
    ['cmd <n:low|medium|high>', 'hihg', 1, "n must be low, medium or high, not 'hihg'. Did you mean 'high'?"],
    ['cmd <n:low|high>', '', 1, 'needs <low|high>'],
    ['cmd [-n <n:low|high>]', '-n', 2, "'-n' needs <low|high>"],
    ['cmd <n:number...>', '1 2 x 3', 3, "n must be a number, not 'x'"],
  ])('%s, given "%s": word %i, %s', (usage, line, word, sentence) => {
    expect(read(usage, line)).toStrictEqual(fault(word, sentence))
  })

  it.each([
    ['cmd <t:line>', 'x  y -n -- --x', { t: 'x  y -n -- --x' }],
    ['cmd <t:line>', '-n x', { t: '-n x' }],
    ['cmd <t:line>', '-- -n x', { t: '-n x' }],
    ['cmd <t:line>', '-- -- x', { t: '-- x' }],
    ['cmd <a> <t:line>', '-- a -- b', { a: 'a', t: '-- b' }],
    ['cmd <a> <t:line>', 'a -- -- b', { a: 'a', t: '-- b' }],
    ['cmd <a> <t:line>', 'a b -- c', { a: 'a', t: 'b -- c' }],
    ['cmd [t:line]', '', {}],
    ['cmd [t:line]', '--', {}],
    ['cmd [t:line=away for tea]', '', { t: 'away for tea' }],
    ['cmd [-v] <t:line>', '-v x -v', { v: true, t: 'x -v' }],
    ['cmd [-v] <t:line>', 'x -v', { v: false, t: 'x -v' }],
    ['cmd [-v] <t:line>', '-- -v x', { v: false, t: '-v x' }],
    ['cmd [-v] <t:line>', '-1 x', { v: false, t: '-1 x' }],
    ['cmd [-n <n:integer>] <a> <t:line>', 'a -n 3 b -n 4', { n: 3, a: 'a', t: 'b -n 4' }],
  ])('%s, given "%s": from its first word on all is a line', (usage, line, args) => {
    expect(read(usage, line)).toStrictEqual(args)
  })

  it.each([
    ['cmd <t:line>', '', 1, 'needs <t>'],
    ['cmd <t:line>', '--', 2, 'needs <t>'],
    ['cmd <a:integer> <t:line>', 'x y', 1, "a must be a whole number, not 'x'"],
    ['cmd [-v] <t:line>', '-x y', 1, "unknown flag '-x'"],
    ['cmd [-n <n>] <t:line>', '-n', 2, "'-n' needs <n>"],
  ])('%s, given "%s": word %i, %s', (usage, line, word, sentence) => {
    expect(read(usage, line)).toStrictEqual(fault(word, sentence))
  })

  it('takes a line as it was typed, where that is known', () => {
    const usage = readUsage('cmd [-v] <a> <t:line>')
    const words = ['cmd', '-v', 'a', 'its', 'x']
    expect(lineStart(usage, words, 1)).toBe(3)
    expect(readArguments(usage, words, 1, "it's  x")).toStrictEqual({ v: true, a: 'a', t: "it's  x" })
    expect(lineStart(usage, ['cmd', 'a', '-v'], 1)).toBeUndefined()
    expect(lineStart(usage, ['cmd', '-x', 'a', 'b'], 1)).toBeUndefined()
    expect(lineStart(readUsage('cmd <a> <t>'), words, 1)).toBeUndefined()
  })

  it('does not read out a hundred choices', () => {
    const choices = Array.from({ length: 100 }, (_, index) => `choice${index}`).join('|')
    const { sentence } = read(`cmd <n:${choices}>`, 'zzz') as ArgumentFault
    expect(sentence).toMatch(/^n must be one of choice0, .*choice11, …, not 'zzz'$/)
  })

  it('shows a word that a terminal would obey harmless, and cut', () => {
    const word = `\x1b[2J\n${'x'.repeat(100)}`
    const { sentence } = readWords('cmd <n:number>', [word]) as ArgumentFault
    expect(sentence).toBe(`n must be a number, not '\\x1b[2J\\n${'x'.repeat(34)}…'`)
  })

  it('takes 10,000 words', () => {
    const words = Array.from({ length: 10_000 }, (_, index) => String(index))
    expect(read('cmd <n:integer...>', words.join(' '))).toStrictEqual({ n: words.map(Number) })
    expect(read('cmd <n>', words.join(' '))).toStrictEqual(fault(2, "9999 words too many, from '1' on"))
  })
})

describe('numbers', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['+5', 5],
    ['-5', -5],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['-1.5E-3', -0.0015],
    ['1e308', 1e308],
  ])('%s is %d', (word, n) => {
    expect(read('cmd <n:number>', word)).toStrictEqual({ n })
  })

  it.each(['NaN', 'Infinity', '-Infinity', '0x10', '0b1', '1_000', '1,5', 'e3', '.', '-', '--5', '1e', '5n'])(
    '%s is none',
    word => {
      expect(read('cmd <n:number>', word)).toStrictEqual(fault(1, `n must be a number, not '${word}'`))
    },
  )

  it.each(['', ' ', '1 ', '\t1', '٣'])('%j is none', word => {
    expect(readWords('cmd <n:number>', [word])).toStrictEqual(
      fault(1, `n must be a number, not '${word.replace('\t', '\\t')}'`),
    )
  })

  it.each([
    ['number', '1e999'],
    ['number', '-1e999'],
    ['integer', '9007199254740992'],
    ['integer', '9'.repeat(30)],
  ])('as a %s, %s is too large', (type, word) => {
    expect(read(`cmd <n:${type}>`, word)).toStrictEqual(fault(1, `n is too large: '${word}'`))
  })

  it.each(['1.5', '1e3', '5.', '0x10', 'abc'])('as an integer, %s is none', word => {
    expect(read('cmd <n:integer>', word)).toStrictEqual(fault(1, `n must be a whole number, not '${word}'`))
  })

  it('every finite number that JavaScript writes is read back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), n => {
        expect(read('cmd <n:number>', String(n))).toStrictEqual({ n: n + 0 })
      }),
    )
  })
})

describe('truth and choices', () => {
  it.each([
    ['true', true],
    ['YES', true],
    ['on', true],
    ['1', true],
    ['false', false],
    ['No', false],
    ['off', false],
    ['0', false],
  ])('%s is %s', (word, on) => {
    expect(read('cmd <on:boolean>', word)).toStrictEqual({ on })
  })

  it.each([
    ['low', 'low'],
    ['LOW', 'low'],
    ['high', 'High'],
    ['a', 'a'],
    ['A', 'A'],
  ])('the choice %s is %s, as declared', (word, choice) => {
    expect(read('cmd <c:low|High|a|A>', word)).toStrictEqual({ c: choice })
  })
})

describe('flags', () => {
  const usage =
    'cmd [-v, --verbose] [-f, --force] [-n, --count <n:integer>] [--tag <t>...] [--dry-run] [--size <s:integer=3>] [words...]'
  const none = { verbose: false, force: false, tag: [], dryRun: false, size: 3, words: [] }

  it.each([
    ['', {}],
    ['-v', { verbose: true }],
    ['-vf', { verbose: true, force: true }],
    ['--verbose --dry-run', { verbose: true, dryRun: true }],
    ['-v -v', { verbose: true }],
    ['-n 5', { count: 5 }],
    ['-n5', { count: 5 }],
    ['-vn5', { verbose: true, count: 5 }],
    ['-vn 5', { verbose: true, count: 5 }],
    ['--count 5', { count: 5 }],
    ['--count=5', { count: 5 }],
    ['--count=-5', { count: -5 }],
    ['-n -5', { count: -5 }],
    ['--size 4', { size: 4 }],
    ['--tag a --tag=b --tag c=d', { tag: ['a', 'b', 'c=d'] }],
    ['--tag= x', { tag: [''], words: ['x'] }],
    ['--tag --', 'fault'],
    ['a -v b --count 5 c', { verbose: true, count: 5, words: ['a', 'b', 'c'] }],
    ['a -- -v --nope', { words: ['a', '-v', '--nope'] }],
    ['-- --', { words: ['--'] }],
    ['-', { words: ['-'] }],
    ['-5 -.5 -1e3', { words: ['-5', '-.5', '-1e3'] }],
    ['--tag -x', { tag: ['-x'] }],
  ])('"%s"', (line, some) => {
    expect(read(usage, line)).toStrictEqual(
      some === 'fault' ? fault(2, "'--tag' needs <t>") : { ...none, ...(some as object) },
    )
  })

  it.each([
    ['--frce', 1, "unknown flag '--frce'. Did you mean '--force'?"],
    ['a --nonesuch', 2, "unknown flag '--nonesuch'"],
    ['-x', 1, "unknown flag '-x'"],
    ['-vx', 1, "unknown flag '-x'"],
    ['-verbose', 1, "unknown flag '-e'"],
    ['-xyz', 1, "unknown flag '-xyz'"],
    ['--Force', 1, "unknown flag '--Force'. Did you mean '--force'?"],
    ['--count', 2, "'--count' needs <n>"],
    ['-n', 2, "'-n' needs <n>"],
    ['-n --force', 2, "'-n' needs <n>"],
    ['--tag --count=3', 2, "'--tag' needs <t>"],
    ['--count x', 2, "--count must be a whole number, not 'x'"],
    ['-nx', 1, "-n must be a whole number, not 'x'"],
    ['--count= 5', 1, "--count must be a whole number, not ''"],
    ['-n 1 --count 2', 3, "'--count' is given twice"],
    ['--force=yes', 1, "'--force' takes no value"],
    ['--count 1e3', 2, "--count must be a whole number, not '1e3'"],
  ])('"%s": word %i, %s', (line, word, sentence) => {
    expect(read(usage, line)).toStrictEqual(fault(word, sentence))
  })

  it('a flag that is named by a digit takes it from negative numbers', () => {
    expect(read('cmd [-5] [n:number]', '-5')).toStrictEqual({ '5': true })
    expect(read('cmd [-5] [n:number]', '-6')).toStrictEqual({ '5': false, n: -6 })
  })

  it('where they stand among the words does not matter', () => {
    const flags = [['-v'], ['--count', '5'], ['--tag=x']]
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 }),
        fc.array(fc.nat(5), { minLength: 3, maxLength: 3 }),
        (words, places) => {
          const line: string[][] = words.map(word => [word])
          flags.forEach((flag, index) => line.splice(places[index] ?? 0, 0, flag))
          expect(read(usage, line.flat().join(' '))).toStrictEqual({
            ...none,
            verbose: true,
            count: 5,
            tag: ['x'],
            words,
          })
        },
      ),
    )
  })
})

describe('names that objects inherit', () => {
  it('are names like any other', () => {
    const args = read('cmd <__proto__> [constructor] [toString]', 'x') as Record<string, unknown>
    expect(Object.keys(args)).toEqual(['__proto__'])
    expect(args['__proto__']).toBe('x')
    expect(args['constructor']).toBeUndefined()
    expect(args['toString']).toBeUndefined()
  })

  it('are found among the flags too', () => {
    const args = read('cmd [--constructor <c>] [--value-of]', '') as Record<string, unknown>
    expect(args['constructor']).toBeUndefined()
    expect(args['valueOf']).toBe(false)
  })
})

describe('the word that gave an argument', () => {
  const usage = readUsage('cmd [-n, --count <n>] [--tag <t>...] <a> [b...]')
  const words = ['cmd', 'x', '--tag', 'p', '-n5', 'y', '--tag=q', 'z']

  it.each([
    ['a', 0, 1],
    ['b', 0, 5],
    ['b', 1, 7],
    ['b', 2, 8],
    ['count', 0, 4],
    ['tag', 0, 3],
    ['tag', 1, 6],
    ['nope', 0, 8],
  ])('%s[%i] is word %i', (key, item, word) => {
    expect(wordOf(usage, words, 1, key, item)).toBe(word)
  })

  it('is counted from the first argument where there are no flags', () => {
    expect(wordOf(readUsage('cmd <a> [b...]'), ['cmd', 'x', 'y'], 1, 'b')).toBe(2)
    expect(wordOf(readUsage('cmd <a> [b...]'), ['cmd', 'x'], 1, 'b')).toBe(2)
  })
})
