import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMPILERS, complaints, SHELL } from './compilers.suite.ts'
import { readUsage } from './reader.ts'
import { RIGHT_USAGES, USAGE_LIKE, WRONG_USAGES, typeOf } from './texts.suite.ts'

const PRELUDE = [
  `import type { ArgsOf, Inferred, Schemas, Usage } from '${SHELL}/usage/types.ts'`,
  `import type { HandlerValue, HandlerResult } from '${SHELL}/command/answer.ts'`,
  'type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false',
  'declare function same<A, B>(proof: Same<A, B>): void',
  'declare function command<const U extends string, S = {}>(usage: Usage<U>, about: string | { args?: Schemas<U, S> }, handler: (args: Inferred<U, S>) => HandlerResult): void',
]

const IMPORTS = ["import { z } from 'zod'", "import * as v from 'valibot'", "import { type } from 'arktype'"]

const SENTENCES = WRONG_USAGES.map(([text, sentence]) => `same<Usage<${quote(text)}>, ${quote(sentence)}>(true)`)

const ARGUMENTS = RIGHT_USAGES.flatMap(([text, args]) => [
  `same<ArgsOf<${quote(text)}>, ${args}>(true)`,
  `same<Usage<${quote(text)}>, ${quote(text)}>(true)`,
])

/** The compiler reads each text as the run time does. */
const SAMPLES = fc.sample(USAGE_LIKE, { numRuns: 500, seed: 1 }).map(text => {
  try {
    return `same<ArgsOf<${quote(text)}>, ${typeOf(readUsage(text))}>(true)`
  } catch (error) {
    const sentence = (error as Error).message
      .slice(`The usage text "${text}" cannot be read: `.length)
      .replace(/\.$/, '')
    return `same<Usage<${quote(text)}>, ${quote(sentence)}>(true)`
  }
})

/** 300 parameters, 500 choices. */
const LARGE = [
  `same<ArgsOf<'go ${numbered(300, n => `<p${n}>`, ' ')}'>['p299'], string>(true)`,
  `same<ArgsOf<'go <c:${numbered(500, n => `c${n}`, '|')}>'>['c'], ${numbered(500, n => `'c${n}'`, ' | ')}>(true)`,
]

/** A text known only at run time, and one of which a part is. */
const UNKNOWN = [
  'declare const text: string',
  "command(text, '', (args) => { same<typeof args, Record<string, unknown>>(true) })",
  "command(`${text} <n:integer>`, '', (args) => { same<typeof args, { n: number }>(true) })",
]

const ANSWERS = [
  ...[
    "'text'",
    '3',
    '3n',
    'true',
    'null',
    'undefined',
    '[1]',
    'new Map()',
    'new Date()',
    "{ next: 'page', call: 1 }",
  ].map(returning),
  ...[
    "Promise.resolve('x')",
    "(function* () { yield 'x' })()",
    "(async function* () { yield 'x' })()",
    '(async () => {})()',
  ].map(returning),
]

const NO_ANSWERS = [
  '() => {}',
  'Symbol()',
  '(function* () { yield 3 })()',
  '(async function* () { yield 3 })()',
  'Promise.resolve(() => {})',
].map(returning)

/** A command, its validators, and the arguments that its handler receives. */
const VALIDATORS = [
  ['go <date> [n:integer]', '{ date: z.coerce.date(), n: z.number().max(3) }', '{ date: Date; n?: number }'],
  ['go <d> [n]', '{ d: v.pipe(v.string(), v.transform((text) => new Date(text))) }', '{ d: Date; n?: string }'],
  ['go <date>', "{ date: type('string.date.parse') }", '{ date: Date }'],
  ['go <port:integer>', "{ port: type('1 <= number <= 65535') }", '{ port: number }'],
  ['go <role:admin|guest>', "{ role: z.enum(['admin', 'guest']) }", "{ role: 'admin' | 'guest' }"],
  ['go <n:number...>', '{ n: z.array(z.number()).transform((all) => all.length) }', '{ n: number }'],
].map(
  ([usage, schemas, args]) =>
    `command('${usage}', { args: ${schemas} }, (args) => { same<typeof args, ${args}>(true) })`,
)

describe.each(COMPILERS)('%s', compiler => {
  it(
    'reads usage texts as the run time does, with its sentences; knows what handlers may return',
    { timeout: 120_000 },
    () => {
      expect(
        complaints(
          compiler,
          [...PRELUDE, ...SENTENCES, ...ARGUMENTS, ...SAMPLES, ...LARGE, ...UNKNOWN, ...ANSWERS],
          'right',
        ),
      ).toEqual([])
    },
  )

  it(
    'puts the sentence at the text, makes one error of one mistake, and refuses wrong answers',
    { timeout: 120_000 },
    () => {
      const mistake = "command('timer <seconds', 'Waits.', ({ seconds }) => `${seconds.length}`)"
      const [first, ...others] = complaints(compiler, [...PRELUDE, mistake, ...NO_ANSWERS], 'wrong')
      expect(first).toContain(
        `Argument of type '"timer <seconds"' is not assignable to parameter of type '"<seconds is not closed: '>' is missing"'.`,
      )
      expect(others).toHaveLength(NO_ANSWERS.length)
    },
  )
})

describe('validators', () => {
  it('of zod, valibot and arktype give the handler what they make', { timeout: 120_000 }, () => {
    expect(complaints('typescript', [...PRELUDE, ...IMPORTS, ...VALIDATORS], 'validators')).toEqual([])
  })

  it('that fit no parameter are errors', { timeout: 120_000 }, () => {
    const wrong = ['{ c: z.string() }', '{ b: z.number() }', '{ b: 3 }'].map(
      schemas => `command('go <b>', { args: ${schemas} }, () => {})`,
    )
    const errors = complaints('typescript', [...PRELUDE, ...IMPORTS, ...wrong], 'no-validators')
    expect(errors).toHaveLength(3)
    expect(errors[0]).toContain("no parameter is named 'c'")
    expect(errors[1]).toContain("the validator of 'b' does not take what the usage text declares")
  })
})

function quote(text: string): string {
  return JSON.stringify(text)
}
function numbered(count: number, each: (n: number) => string, between: string): string {
  return Array.from({ length: count }, (_, n) => each(n)).join(between)
}
function returning(value: string): string {
  return `command('go', '', () => (${value}))`
}
