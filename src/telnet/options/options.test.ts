import { describe, expect, it } from 'vitest'
import { ENVIRONMENT_LIMITS } from '../../core/options/environment.ts'
import { wire } from '../wire.suite.ts'
import { charsetAnswer, settlesCharset } from './charset.ts'
import { readEnvironment, updatedEnvironment } from './environ.ts'
import { readWindowSize } from './naws.ts'
import { asksStatus, statusReport } from './status.ts'
import { LONGEST_TERMINAL_TYPE_CHARS, readTerminalType } from './terminal-type.ts'

describe('NAWS', () => {
  it('is two numbers of 16 bits', () => {
    expect(readWindowSize(wire(0, 80, 0, 24))).toEqual({ columns: 80, rows: 24 })
    expect(readWindowSize(wire(255, 255, 1, 0))).toEqual({ columns: 65_535, rows: 256 })
  })

  it.each([[wire()], [wire(0, 80, 0)], [wire(0, 80, 0, 24, 0)]])('is nothing when it is %j', payload => {
    expect(readWindowSize(payload)).toBeUndefined()
  })
})

describe('TTYPE', () => {
  it('is a name after IS', () => {
    expect(readTerminalType(wire(0, 'XTERM-256COLOR'))).toBe('XTERM-256COLOR')
    expect(readTerminalType(wire(0))).toBe('')
    expect(readTerminalType(wire(1))).toBeUndefined()
    expect(readTerminalType(wire())).toBeUndefined()
  })

  it('has printable ASCII only, and a bound', () => {
    expect(readTerminalType(wire(0, 'x\u001b[31m\u0000é\u007ft '))).toBe('x[31mt')
    expect(readTerminalType(wire(0, 'x'.repeat(1000)))).toHaveLength(LONGEST_TERMINAL_TYPE_CHARS)
  })
})

describe('NEW-ENVIRON', () => {
  const [VAR, VALUE, ESC, USERVAR] = [0, 1, 2, 3]

  it.each([
    [
      'both kinds of variables',
      wire(0, VAR, 'USER', VALUE, 'root', USERVAR, 'X', VALUE, 'é'),
      [
        { name: 'USER', value: 'root' },
        { name: 'X', value: 'é' },
      ],
    ],
    ['an INFO', wire(2, VAR, 'USER', VALUE, 'eve'), [{ name: 'USER', value: 'eve' }]],
    ['an empty value', wire(0, VAR, 'A', VALUE), [{ name: 'A', value: '' }]],
    [
      'a variable that is not defined',
      wire(0, VAR, 'A', VAR, 'B', VALUE, 'b'),
      [{ name: 'A' }, { name: 'B', value: 'b' }],
    ],
    ['nothing', wire(0), []],
    ['a value before every name', wire(0, VALUE, 'lost', VAR, 'A', VALUE, 'a'), [{ name: 'A', value: 'a' }]],
    ['two values for one name', wire(0, VAR, 'A', VALUE, 'a', VALUE, 'b'), [{ name: 'A', value: 'a' }]],
    ['an empty name', wire(0, VAR, VALUE, 'a'), []],
    [
      'escaped type bytes, which are control characters',
      wire(0, VAR, 'A', VALUE, 'a', ESC, VAR, VAR, 'B', VALUE, 'b'),
      [{ name: 'B', value: 'b' }],
    ],
    ['an escaped letter', wire(0, VAR, 'A', ESC, 'B', VALUE, 'c'), [{ name: 'AB', value: 'c' }]],
    ['an escape at the end', wire(0, VAR, 'A', VALUE, 'a', ESC), [{ name: 'A', value: 'a' }]],
    [
      'control characters',
      wire(0, VAR, 'A\u001b', VALUE, 'a', VAR, 'B', VALUE, '\u001b[2J', VAR, 'C', VALUE, '\u009b'),
      [],
    ],
  ])('reads %s', (_, payload, variables) => expect(readEnvironment(payload)).toEqual(variables))

  it.each([[wire()], [wire(1)], [wire(7, VAR, 'A')]])('is nothing when it is %j', payload =>
    expect(readEnvironment(payload)).toBeUndefined(),
  )

  it('leaves out whole what is too long', () => {
    const { name, value } = ENVIRONMENT_LIMITS
    const fits = [{ name: 'n'.repeat(name), value: 'v'.repeat(value) }]
    expect(readEnvironment(wire(0, VAR, 'n'.repeat(name), VALUE, 'v'.repeat(value)))).toEqual(fits)
    expect(readEnvironment(wire(0, VAR, 'n'.repeat(name + 1), VALUE, 'v'))).toEqual([])
    expect(readEnvironment(wire(0, VAR, 'n', VALUE, 'v'.repeat(value + 1)))).toEqual([])
  })

  it('keeps so many variables, and lets those it has change and go', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ name: `V${index}`, value: 'x' }))
    const full = updatedEnvironment({ HOME: '/' }, many)
    expect(Object.keys(full)).toHaveLength(ENVIRONMENT_LIMITS.variables)
    const next = updatedEnvironment(full, [
      { name: 'V0', value: 'y' },
      { name: 'V1' },
      { name: 'NEW', value: 'z' },
      { name: 'FULL', value: 'z' },
    ])
    expect(next).toMatchObject({ HOME: '/', V0: 'y', NEW: 'z' })
    expect(Object.keys(next)).not.toContain('V1')
    expect(Object.keys(next)).not.toContain('FULL')
  })
})

describe('CHARSET', () => {
  const [REQUEST, ACCEPTED, REJECTED, TTABLE_IS, TTABLE_REJECTED] = [1, 2, 3, 4, 5]

  it.each([
    ['UTF-8 is accepted', wire(REQUEST, ';UTF-8'), wire(ACCEPTED, 'UTF-8')],
    ['under the name it was offered by', wire(REQUEST, ' LATIN1 utf-8 ASCII'), wire(ACCEPTED, 'utf-8')],
    ['after a translation table too', wire(REQUEST, '[TTABLE]', 1, ';UTF-8'), wire(ACCEPTED, 'UTF-8')],
    ['everything else is rejected', wire(REQUEST, ';ISO-8859-1;UTF-16'), wire(REJECTED)],
    ['an empty request too', wire(REQUEST), wire(REJECTED)],
    ['a translation table is rejected', wire(TTABLE_IS, 1, ';a;b'), wire(TTABLE_REJECTED)],
    ['an acceptance is not answered', wire(ACCEPTED, 'UTF-8'), undefined],
    ['a rejection is not answered', wire(REJECTED), undefined],
    ['nothing is not answered', wire(), undefined],
  ])('%s', (_, payload, answer) => expect(charsetAnswer(payload, false)).toEqual(answer))

  it('a request that crosses ours is rejected', () => {
    expect(charsetAnswer(wire(REQUEST, ';UTF-8'), true)).toEqual(wire(REJECTED))
  })

  it('is settled by every answer and no request', () => {
    expect([REQUEST, ACCEPTED, REJECTED, TTABLE_IS].map(type => settlesCharset(wire(type)))).toEqual([
      false,
      true,
      true,
      true,
    ])
  })
})

describe('STATUS', () => {
  it('is asked by SEND alone', () => {
    expect([wire(1), wire(0), wire(), wire(1, 1)].map(asksStatus)).toEqual([true, false, false, false])
  })

  it('says WILL for what is ours and DO for what is theirs', () => {
    expect(statusReport([3, 1], [24])).toEqual(wire(0, 251, 3, 251, 1, 253, 24))
  })
})
