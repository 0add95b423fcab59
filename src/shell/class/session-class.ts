import { AnswerbackError } from '../../core/options/errors.ts'
import type { AuthOptionsFor } from '../login/auth.ts'
import type { Command, LooseCommandOptions } from '../command/command.ts'
import { inLowerCase } from '../command/names.ts'
import { newCommand } from '../command/set.ts'
import { decoratedMethods } from './decorator.ts'
import type { DecoratedMethod } from './decorator.ts'
import type { ErrorHook, Hooks } from '../run/hooks.ts'
import type { Invocation } from '../command/invocation.ts'
import { OPTION_NAMES } from '../settings/options.ts'
import type { ShellOptions } from '../settings/options.ts'
import { Session } from '../session/session.ts'
import type { SessionCore } from '../session/core.ts'

/**
 * A shell as a class:
 * `class Lobby extends Session<User> { @command('echo') echo(words: string[]) {…} }`.
 *
 * Its commands are the methods under `@command`, and those named like `cmdECHO`. Its options are
 * static fields with the names of the options: `static prompt = 'lobby> '`. Its hooks are the
 * methods `onStart`, `onEnd`, `onError` and `onUnknown`. A class overrides what it has inherited.
 */
export interface SessionClass<User, State> {
  new (core: SessionCore): Session<User, State>
  /** Like the option `auth` of `createShell`. */
  readonly auth?: AuthOptionsFor<NoInfer<User>> | 'open'
}

/** Returns the static fields that are options of the shell, inherited ones included. */
export function optionsOf(constructor: SessionClass<any, any>): ShellOptions<any, any> {
  const fields = constructor as unknown as Record<string, unknown>
  return Object.fromEntries(OPTION_NAMES.filter(name => fields[name] !== undefined).map(name => [name, fields[name]]))
}

/**
 * Returns the commands of a class, and of those that it extends. A name belongs to the class that
 * claims it last. A method without any name left is no command.
 */
export function commandsOf(constructor: SessionClass<any, any>): Command[] {
  const methods = new Map<string, DecoratedMethod>()
  for (const each of lineage(constructor)) {
    const own = methodsOf(each)
    const claimed = new Set([...own.values()].flatMap(({ names }) => names.map(inLowerCase)))
    for (const [method, inherited] of methods) methods.set(method, without(claimed, inherited))
    for (const [method, decorated] of own) methods.set(method, decorated)
  }
  return [...methods]
    .filter(([, { names }]) => names.length > 0)
    .map(([method, decorated]) => commandOf(method, decorated))
}

/** Adds the hooks that a class has as methods. */
export function addHooks(constructor: SessionClass<any, any>, hooks: Hooks): void {
  const { onStart, onEnd, onError, onUnknown } = constructor.prototype as Partial<Methods>
  if (onStart) hooks.start.push(session => onStart.call(session))
  if (onEnd) hooks.end.push((session, reason) => onEnd.call(session, reason))
  if (onError)
    hooks.error = (error, session, invocation) =>
      onError.call(session, error, invocation) as ReturnType<ErrorHook<any, any>>
  if (onUnknown) hooks.unknown = (session, invocation) => onUnknown.call(session, invocation) as undefined
}

/**
 * Matches `cmdECHO` and `cmdEcho`: the capital distinguishes them from a method that only begins
 * so.
 */
const OLD_STYLE = /^cmd([A-Z]\w*)$/

type Method = ((...given: unknown[]) => unknown) & {
  readonly aliases?: readonly string[]
  readonly hidden?: boolean
  readonly help?: string
}
type Methods = Record<string, Method>
type Constructor = abstract new (...given: any[]) => object

/** Returns the classes from the one next to `Session` to the class itself. */
function lineage(constructor: Constructor): Constructor[] {
  const classes: Constructor[] = []
  let each: unknown = constructor
  for (; typeof each === 'function' && each !== Session; each = Object.getPrototypeOf(each))
    classes.unshift(each as Constructor)
  if (each !== Session)
    throw new AnswerbackError('OPTION', {
      option: 'class',
      value: constructor.name,
      way: 'a class that is served extends Session',
    })
  return classes
}

function oldStyle(name: string, { aliases = [], hidden = false, help }: Method = () => {}): DecoratedMethod {
  return { names: [name, ...aliases], parameters: '', about: { hidden, ...(help !== undefined && { help }) } }
}

/** Returns the methods that a class itself makes commands. */
function methodsOf(constructor: Constructor): Map<string, DecoratedMethod> {
  const prototype = constructor.prototype as Methods
  const methods = new Map<string, DecoratedMethod>()
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const named = OLD_STYLE.exec(name)?.[1]
    if (named !== undefined) methods.set(name, oldStyle(named.toLowerCase(), prototype[name]))
  }
  for (const [name, method] of decoratedMethods(constructor)) methods.set(name, method)
  return methods
}

function without(claimed: ReadonlySet<string>, method: DecoratedMethod): DecoratedMethod {
  return { ...method, names: method.names.filter(name => !claimed.has(inLowerCase(name))) }
}

/** Returns one usage text with all names; two decorators may give the same one. */
function commandOf(method: string, { names: given, parameters, about }: DecoratedMethod): Command {
  const names = [...new Map(given.toReversed().map(name => [inLowerCase(name), name])).values()].toReversed()
  if (names.length > 1 && names.some(name => name.includes(' '))) throw aliasesApart(names)
  const text = `${names.join('|')} ${parameters === '' ? '[words...]' : parameters}`
  const declared: LooseCommandOptions = parameters === '' ? { parameters: '', ...about } : about
  return newCommand(text, declared, (args: { words: string[] }, session: unknown, invocation: Invocation) =>
    ((session as Methods)[method] as Method).call(session, parameters === '' ? args.words : args, invocation),
  )
}

function aliasesApart(names: readonly string[]): AnswerbackError {
  const reason = 'a command of several words has its aliases within the words: user|users add'
  return new AnswerbackError('USAGE', { usage: names.join(', '), reason })
}
