import type { CommandOptions, LooseCommandOptions } from '../command/command.ts'
import type { Invocation } from '../command/invocation.ts'
import type { HandlerResult } from '../command/answer.ts'
import type { Session } from '../session/session.ts'
import type { ArgsOf, Usage } from '../usage/types.ts'

// No engine has it yet. All compilers of decorators (tsc, esbuild, Babel, swc) fall back on this
// very symbol, or on nothing.
;(Symbol as { metadata?: symbol }).metadata ??= Symbol.for('Symbol.metadata')

/**
 * The arguments that a method receives: those that its usage text declares, else the words behind
 * the name.
 */
export type MethodArgsOf<U extends string> =
  Usage<U> extends U ? (keyof ArgsOf<U> extends never ? any : ArgsOf<U>) : any

/** Standard decorators of methods, as TypeScript and other compilers emit them. */
export type CommandDecorator<U extends string> = <This extends Session<any, any>>(
  method: (this: This, params: MethodArgsOf<U>, invocation: Invocation) => HandlerResult,
  context: ClassMethodDecoratorContext<This>,
) => void

/** What decorators declare of one method. The first name is the name. */
export interface DecoratedMethod {
  readonly names: readonly string[]
  /** The usage text behind its name. If it is empty, the method receives words. */
  readonly parameters: string
  readonly about: LooseCommandOptions
}

/**
 * Makes a method of a session class a command:
 * `@command('timer <seconds:number> <message>', 'Send a message.')`. A list is a usage text and
 * aliases: `@command(['echo', 'copy'])`. Decorators add up: the outermost name is the name, all
 * others are aliases. `hidden` on any of them hides the command. Throws a `TypeError` on private
 * and static methods, and under `experimentalDecorators`.
 */
export function command<const U extends string>(
  usage: Usage<U> | readonly [Usage<U>, ...string[]],
  about: string | CommandOptions<U> = {},
): CommandDecorator<U> {
  const [text, ...aliases] = (typeof usage === 'string' ? [usage] : usage) as readonly [string, ...string[]]
  return (_method, context) => {
    checkContext(context)
    const methods = ownMethods(context.metadata)
    const method = String(context.name)
    const inner = methods.get(method) ?? { names: [], parameters: '', about: {} }
    // Decorators run from the inside out: the outermost comes last.
    methods.set(
      method,
      stacked(text, aliases, typeof about === 'string' ? { summary: about } : (about as LooseCommandOptions), inner),
    )
  }
}

function stacked(
  text: string,
  aliases: readonly string[],
  about: LooseCommandOptions,
  inner: DecoratedMethod,
): DecoratedMethod {
  const at = text.search(/ [<[]/)
  const [name, parameters] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  return {
    names: [...(name.includes(' ') ? [name] : name.split('|')), ...aliases, ...inner.names],
    parameters: parameters || inner.parameters,
    about: { ...inner.about, ...about, hidden: (about.hidden ?? false) || (inner.about.hidden ?? false) },
  }
}

/**
 * Returns what decorators declare of the methods of a class itself, not of those that it extends.
 */
export function decoratedMethods(constructor: object): ReadonlyMap<string, DecoratedMethod> {
  const { metadata } = Symbol as unknown as { metadata: symbol }
  return Object.hasOwn(constructor, metadata)
    ? ownMethods((constructor as Record<symbol, object>)[metadata] as object)
    : new Map()
}

const METHODS: symbol = Symbol('answerback.methods')

function ownMethods(metadata: object): Map<string, DecoratedMethod> {
  const by = metadata as Record<symbol, Map<string, DecoratedMethod>>
  if (!Object.hasOwn(by, METHODS)) by[METHODS] = new Map()
  return by[METHODS] as Map<string, DecoratedMethod>
}

function checkContext(context: ClassMethodDecoratorContext<any>): void {
  if (typeof context !== 'object') {
    throw new TypeError('@command is a standard decorator: take "experimentalDecorators" out of tsconfig.json.')
  }
  const { kind }: { kind: string } = context
  if (kind === 'method' && !context.static && !context.private) return
  const what = kind !== 'method' ? `a ${kind}` : context.static ? 'static' : 'private'
  throw new TypeError(
    `@command makes public methods of an instance commands, and '${String(context.name)}' is ${what}.`,
  )
}
