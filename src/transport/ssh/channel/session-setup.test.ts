import { describe, expect, it } from 'vitest'
import { variableNames } from '../../../core/options/environment.ts'
import { resized, SessionSetup, type SetupRules } from './session-setup.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

const RULES: SetupRules = {
  pty: true,
  command: undefined,
  environment: variableNames(),
  longestCommand: 32_768,
}

function pty(type: string, columns: number, rows: number, modes: Uint8Array = Uint8Array.of(0)): WireReader {
  const body = new WireWriter().string(type).uint32(columns).uint32(rows).uint32(0).uint32(0).string(modes)
  return new WireReader(body.bytes())
}

function strings(...texts: readonly string[]): WireReader {
  const writer = new WireWriter()
  for (const text of texts) writer.string(text)
  return new WireReader(writer.bytes())
}

describe('a terminal', () => {
  it('S18: is had once, with its type, size and modes', () => {
    const setup = new SessionSetup(RULES)
    expect(setup.request('pty-req', pty('XTerm-256color', 120, 40, Uint8Array.of(1, 0, 0, 0, 8, 0)))).toBe(true)
    expect(setup.terminal).toMatchObject({ type: 'xterm-256color', columns: 120, rows: 40, modes: { interrupt: '\b' } })
    expect(setup.terminal).toMatchObject({ input: 'character', canHide: true, encoding: 'utf-8' })
    expect(setup.request('pty-req', pty('vt100', 80, 24))).toBe(false)
  })

  it('of no size, or of a size that nobody has, is made fit to compute with', () => {
    const sizes = [
      [0, 0],
      [100, 0],
      [10_000, 4_000_000_000],
    ].map(([columns = 0, rows = 0]) => {
      const setup = new SessionSetup(RULES)
      setup.request('pty-req', pty('vt100', columns, rows))
      return [setup.terminal?.columns, setup.terminal?.rows, setup.terminal?.sized]
    })
    expect(sizes).toEqual([
      [80, 24, false],
      [100, 24, true],
      [1000, 1000, true],
    ])
  })

  it('has no control characters in its name, and no endless one', () => {
    const setup = new SessionSetup(RULES)
    setup.request('pty-req', pty(`x\x1b[2J ${'y'.repeat(500)}`, 80, 24))
    expect(setup.terminal?.type).toBe(`x[2j${'y'.repeat(60)}`)
  })

  it('is refused to a key that may not have it', () => {
    const setup = new SessionSetup({ ...RULES, pty: false })
    expect(setup.request('pty-req', pty('vt100', 80, 24))).toBe(false)
    expect(setup.terminal).toBeUndefined()
  })

  it('takes a new size, and keeps its old one where the new one is none', () => {
    const setup = new SessionSetup(RULES)
    setup.request('pty-req', pty('vt100', 80, 24))
    const terminal = setup.terminal
    if (terminal === undefined) throw new Error('no terminal')
    const change = (columns: number, rows: number): unknown =>
      resized(terminal, new WireReader(new WireWriter().uint32(columns).uint32(rows).uint32(0).uint32(0).bytes()))
    expect(change(132, 50)).toMatchObject({ columns: 132, rows: 50, type: 'vt100' })
    expect(change(0, 0)).toMatchObject({ columns: 80, rows: 24 })
    expect(resized(terminal, strings())).toBeUndefined()
  })
})

describe('variables', () => {
  it.each([
    ['LANG', 'de_DE.UTF-8', true],
    ['LC_ALL', 'C', true],
    ['COLORTERM', 'truecolor', true],
    ['LANGUAGE', 'de', false],
    ['XLANG', 'de', false],
    ['LD_PRELOAD', '/tmp/x.so', false],
    ['LC_A B', 'C', false],
    ['LANG', 'a\nb', false],
    ['LANG', 'x'.repeat(257), false],
    ['__proto__', 'x', false],
  ])('%s: %j: %s', (name, value, taken) => {
    const setup = new SessionSetup(RULES)
    expect(setup.request('env', strings(name, value))).toBe(taken)
    expect(setup.environment).toEqual(taken ? { [name]: value } : {})
  })

  it('are 32 at most', () => {
    const setup = new SessionSetup(RULES)
    const taken = Array.from({ length: 40 }, (_, i) => setup.request('env', strings(`LC_${i}`, 'x')))
    expect(taken.filter(Boolean)).toHaveLength(32)
    expect(Object.keys(setup.environment)).toHaveLength(32)
  })
})

describe('the start', () => {
  it('S18: is a shell, or a command', () => {
    expect(new SessionSetup(RULES).request('shell', strings())).toEqual({ type: 'shell' })
    expect(new SessionSetup(RULES).request('exec', strings('uptime'))).toEqual({ type: 'exec', command: 'uptime' })
  })

  it('is refused to a command that is too long, or not whole', () => {
    expect(new SessionSetup({ ...RULES, longestCommand: 5 }).request('exec', strings('uptime'))).toBe(false)
    expect(new SessionSetup(RULES).request('exec', new WireReader(Uint8Array.of(0, 0, 0, 9)))).toBe(false)
  })

  it('is the forced command where there is one, which is told what was asked for', () => {
    const setup = new SessionSetup({ ...RULES, command: 'backup' })
    expect(setup.request('exec', strings('rm -rf /'))).toEqual({ type: 'exec', command: 'backup' })
    expect(setup.environment).toEqual({ SSH_ORIGINAL_COMMAND: 'rm -rf /' })
    expect(new SessionSetup({ ...RULES, command: 'backup' }).request('shell', strings())).toEqual({
      type: 'exec',
      command: 'backup',
    })
  })

  it.each(['subsystem', 'x11-req', 'auth-agent-req@openssh.com', 'winadj@putty.projects.tartarus.org', 'break', ''])(
    'is not %j',
    type => expect(new SessionSetup(RULES).request(type, strings('sftp'))).toBe(false),
  )
})
