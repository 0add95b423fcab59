import { describe, expect, it } from 'vitest'
import { newCommand } from './set.ts'
import { Registry } from './registry.ts'

function registryOf(...usages: string[]): Registry {
  const registry = new Registry()
  for (const usage of usages) registry.add(newCommand(usage, {}, () => {}))
  return registry
}

/** Returns the name of the command that is found, and how many words it took. */
function found(registry: Registry, line: string): string | undefined {
  const { command, taken } = registry.find(line.split(' ')) ?? {}
  return command && `${command.usage.name}/${taken}`
}

describe('a registry', () => {
  const registry = registryOf('user', 'user|users add|create <name>', 'users remove <name>', 'Echo|copy', 'a b c')

  it.each([
    ['user', 'user/1'],
    ['user x y', 'user/1'],
    ['users', 'user/1'],
    ['USERS Create joe', 'user add/2'],
    ['user remove', 'users remove/2'],
    ['echo', 'Echo/1'],
    ['COPY that', 'Echo/1'],
    ['a b c d', 'a b c/3'],
    ['a b', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['constructor x', undefined],
  ])('S4.5: finds by the longest name, in any case: %j', (line, name) => {
    expect(found(registry, line)).toBe(name)
  })

  it('lists each command with all names that lead to it, the name first', () => {
    expect(registry.list().map(({ names }) => names)).toEqual([
      ['user', 'users'],
      ['user add', 'user create', 'users add', 'users create'],
      ['user remove', 'users remove'],
      ['Echo', 'copy'],
      ['a b c'],
    ])
  })

  it('lists those that begin with a word', () => {
    expect(registry.list('USERS').map(({ usage }) => usage.name)).toEqual(['user', 'user add', 'users remove'])
    expect(registry.list('us')).toEqual([])
  })

  it('takes names away, and leaves the others', () => {
    const own = registryOf('exit|quit', 'user|users add|create')
    expect([own.remove('QUIT'), own.remove('users'), own.remove('user create'), own.remove('nope'), own.remove('no pe')]).toEqual([true, true, true, false, false]) // prettier-ignore
    expect(own.list().map(({ names }) => names)).toEqual([['exit'], ['user add']])
  })

  it.each([
    ['a', 'a', 'a'],
    ['a|b', 'b', 'b'],
    ['a', 'A', 'A'],
    ['x a', 'x A|c', 'x A'],
    ['x', 'y|x', 'x'],
    ['stock add|put', 'stock new|put', 'stock put'],
    ['goods add', 'stock|goods new|add', 'goods add'],
    ['y', 'x|y|z', 'y'],
  ])('refuses two commands of one name: %s, %s: %s', (one, other, name) => {
    expect(() => registryOf(one, other)).toThrow(`The command "${name}" is defined twice`)
  })

  it.each([
    [['a', 'b'], 'c|b|a', 'b'],
    [['user add', 'x'], 'user|x', 'x'],
    [['user add', 'group add'], 'user|group new', 'group'],
  ])('names the word that leads elsewhere: %j, %s: %s', (given, last, name) => {
    const own = registryOf(...given)
    expect(() => own.add(newCommand(last, {}, () => {}))).toThrow(`The command "${name}" is defined twice`)
    own.remove(name)
    if (given.length > 1 && name === 'b') own.remove('a')
    expect(() => own.add(newCommand(last, {}, () => {}))).not.toThrow()
  })

  it('is as it was after a command that it refuses', () => {
    const own = registryOf('x', 'goods add')
    for (const usage of ['y|x', 'stock|goods add'])
      expect(() => own.add(newCommand(usage, {}, () => {}))).toThrow('is defined twice')
    expect(['y', 'stock add'].map(line => own.find(line.split(' ')))).toEqual([undefined, undefined])
    expect(own.list().map(({ names }) => names)).toEqual([['x'], ['goods add']])
  })

  it('lets a replaceable command give way, name by name', () => {
    const own = new Registry()
    own.add(newCommand('help|?', {}, () => {}, true))
    own.add(newCommand('help <x>', {}, () => {}))
    own.add(newCommand('? sub', {}, () => {}))
    expect(['help', '?', '? sub'].map(line => found(own, line))).toEqual(['help/1', 'help/1', '? sub/2'])
    expect(own.find(['help'])?.command.replaceable).toBe(false)
    expect(own.find(['?'])?.command.replaceable).toBe(true)
  })
})
