import { describe, expect, it } from 'vitest'
import { AnswerbackError, ERRORS } from './errors.ts'
import type { ErrorCode } from './errors.ts'

const CODES = Object.keys(ERRORS) as ErrorCode[]

/** The constructor as untyped code calls it, with any values. */
const Loose = AnswerbackError as unknown as new (code: ErrorCode, values: Record<string, unknown>) => AnswerbackError

const namesIn = (code: ErrorCode): string[] =>
  [...ERRORS[code].sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)

describe.each(CODES)('the sentence of %s', code => {
  it.each([undefined, null, 0, '', false, 'text'])('says a value that is %j', value => {
    const values = Object.fromEntries(namesIn(code).map(name => [name, value]))
    const { message } = new Loose(code, values)
    expect(message).not.toMatch(/\{\w+\}/)
    expect(message.split(String(value)).length).toBeGreaterThan(namesIn(code).length)
  })
})

it('needs every value that it names, by the compiler', () => {
  // @ts-expect-error: no `way`
  expect(() => new AnswerbackError('OPTION', { option: 'port', value: undefined })).not.toThrow()
  // @ts-expect-error: no values at all
  expect(() => new AnswerbackError('HOST_KEY')).not.toThrow()
  expect(new AnswerbackError('OPTION', { option: 'port', value: undefined, way: 'give one' }).message).toBe(
    'The option port cannot be undefined: give one.',
  )
})
