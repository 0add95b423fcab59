import type { Authenticator } from '../core/authenticator.ts'
import type { Connection } from '../core/connection.ts'
import { AnswerbackError } from '../core/options/errors.ts'
import { SILENT } from '../core/log.ts'
import type { SessionHost, HostedSession, SessionServices } from '../core/transport.ts'
import { permitted } from './command/allow.ts'
import type { AuthOptions, UserOf } from './login/auth.ts'
import { builtIns } from './command/built-ins.ts'
import { checkUse } from './command/checks.ts'
import { Callers } from './session/callers.ts'
import type { Command } from './command/command.ts'
import { Collector, CommandSet, mounted, noSuchName } from './command/set.ts'
import type { CommandCollection } from './command/set.ts'
import { SessionRuntime } from './runtime/runtime.ts'
import type { ShellDescription } from './run/description.ts'
import type { EndHook, ErrorHook, Hooks, StartHook, UnknownHook } from './run/hooks.ts'
import type { Middleware } from './run/middleware.ts'
import { settingsOf } from './settings/options.ts'
import type { ShellOptions } from './settings/options.ts'
import { Registry } from './command/registry.ts'
import { Service } from './runtime/service.ts'
import { Session } from './session/session.ts'
import { addHooks, commandsOf, optionsOf } from './class/session-class.ts'
import type { SessionClass } from './class/session-class.ts'
import { overridesWrite, withQuietWrites } from './class/write-overrides.ts'

/**
 * Describes a shell: commands, options, authentication. `serve` serves it over any number of
 * transports at once, and freezes it.
 *
 * @throws an `AnswerbackError` (`OPTION`) for an option that is wrong
 * @example
 * const shell = createShell({ prompt: 'shop> ' })
 *   .command('add <a:number> <b:number>', 'Add.', ({ a, b }) => `It is ${a + b}.`)
 */
export function createShell<A extends AuthOptions | 'open', State = undefined>(
  options: ShellOptions<A, State> = {},
): Shell<UserOf<A>, State> {
  return new Shell(options)
}

/**
 * Makes the shell that a subclass of `Session` describes. Its static properties are the options,
 * its methods with `@command` the commands; every session is an instance of it. It fills the same
 * registry as `createShell`. It is a separate function, because overloads would blur the compiler's
 * messages.
 */
export function shellOf<User, State>(sessionClass: SessionClass<User, State>): Shell<User, State> {
  return new Shell(optionsOf(sessionClass), sessionClass)
}

/** The state of a shell's sessions, with what a middleware adds. */
export type ExtendedState<State, Added> = [State] extends [undefined] ? Added : State & Added

/**
 * A shell. `User` is what its authentication returns for a login (`session.user`), `State` is the
 * data of each session (`session.state`).
 */
export class Shell<User, State> extends Collector<User, State> implements SessionHost<Session<User, State>> {
  readonly #options: ShellOptions<any, any>
  /** One description for all its sessions, current at any time. */
  readonly #held: { -readonly [K in keyof ShellDescription]: ShellDescription[K] }
  readonly #hooks: Hooks = { start: [], end: [] }
  readonly #middleware: Middleware<any, any>[] = []
  readonly #services: Map<SessionServices, Service> = new Map()
  #callers: Callers | undefined
  /** The steps that made the registry, in order: it is made again after a change of a set. */
  readonly #steps: ((registry: Registry) => void)[] = []
  readonly #sets: CommandSet<any, any>[] = []
  #frozen = false

  /** Makes a shell; unlike `createShell`, it does not infer the types. */
  constructor(options: ShellOptions<any, any>, sessionClass: SessionClass<any, any> = Session) {
    super()
    this.#options = options
    const settings = settingsOf(options)
    this.#held = {
      sessionClass: withQuietWrites(sessionClass),
      writesResponses: overridesWrite(sessionClass, 'writeResponse'),
      settings,
      registry: new Registry(),
      hooks: this.#hooks,
      middleware: this.#middleware,
    }
    const commands = builtIns((session, word) => permitted(this.#held.registry.list(word), session, SILENT))
    this.#step(registry => commands.forEach(command => registry.add(command)))
    if (sessionClass === Session) return
    for (const command of commandsOf(sessionClass)) this.add(command)
    addHooks(sessionClass, this.#hooks)
  }

  /** All commands, as they are declared now. */
  get commands(): readonly Command<User, State>[] {
    return this.#held.registry.list()
  }

  /**
   * Runs around every command, outside of later middleware. What it adds to `session.state` is
   * available to them.
   */
  use(middleware: Middleware<User, State>): this
  /**
   * The same, with the type of what it adds: `use<{ requestId: string }>((session, next) => …)`.
   */
  use<Added extends object>(
    middleware: Middleware<User, ExtendedState<State, Added>>,
  ): Shell<User, ExtendedState<State, Added>>
  /**
   * Adds all commands of a set under a prefix, as sub-commands of it: `use('admin', admin)` makes
   * `kick` `admin kick`.
   */
  use(prefix: string, set: CommandCollection<User, State>): this
  /**
   * Adds all commands of a set. Commands that the set gains before it is served are included, and
   * later ones if it is dynamic.
   */
  use(set: CommandCollection<User, State>): this
  use(
    first: string | CommandCollection<User, State> | Middleware<User, any>,
    second?: CommandCollection<User, State>,
  ): this {
    this.#change('use()')
    checkUse(first, second)
    if (typeof first === 'function') this.#middleware.push(first)
    else if (typeof first === 'string')
      this.#useSet(second as CommandCollection<User, State>, command => mounted(first, command))
    else this.#useSet(first, command => command)
    return this
  }

  /** Removes a name: an unwanted built-in, or one alias. An unknown name is an error. */
  remove(name: string): this {
    this.#change('remove()')
    if (!this.#held.registry.remove(name)) throw noSuchName(name)
    this.#steps.push(registry => registry.remove(name))
    return this
  }

  /**
   * Runs when a session begins: after the login and the welcome, before the first prompt, which
   * waits for it.
   */
  onStart(hook: StartHook<User, State>): this {
    this.#change('onStart()')
    this.#hooks.start.push(hook)
    return this
  }

  /**
   * Runs once when a session ends, for any reason, but only if `onStart` had begun. A user whose
   * connection is closed reads nothing more.
   */
  onEnd(hook: EndHook<User, State>): this {
    this.#change('onEnd()')
    this.#hooks.end.push(hook)
    return this
  }

  /**
   * Receives every exception that is not a user's error (`fail`): of commands, hooks and timers. It
   * replaces the log: record the exception here.
   *
   * The user still reads one sentence, unless the hook returns something else. A text replaces the
   * sentence; `true` omits it; `false` omits it, and ends the session.
   * @default the exception is logged, and the user reads one sentence
   */
  onError(hook: ErrorHook<User, State>): this {
    this.#change('onError()')
    this.#hooks.error = hook
    return this
  }

  /**
   * Answers an input that names no command, like a handler.
   * @default an error that names `help`
   */
  onUnknown(hook: UnknownHook<User, State>): this {
    this.#change('onUnknown()')
    this.#hooks.unknown = hook
    return this
  }

  // Called by servers.

  prepare(): void {
    if (this.#frozen) return
    this.#held.registry = this.#build()
    for (const set of this.#sets) set.freeze()
    // Middleware may add to the state, so there must be one.
    if (this.#middleware.length > 0) this.#held.settings = settingsOf({ state: () => ({}), ...this.#options })
    this.#frozen = true
  }

  authenticator(services: SessionServices): Authenticator {
    return this.#service(services).authenticator
  }

  open(connection: Connection, services: SessionServices, onClose: () => void): HostedSession<Session<User, State>> {
    const conversation = new SessionRuntime(this.#service(services), connection, onClose)
    conversation.begin()
    return conversation as HostedSession<Session<any, any>>
  }

  protected override add(command: Command): void {
    this.#change('command()')
    this.#step(registry => registry.add(command))
  }

  #service(services: SessionServices): Service {
    let service = this.#services.get(services)
    if (service === undefined) {
      service = new Service(this.#held, services, (this.#callers ??= new Callers(services.newAsyncContext)))
      this.#services.set(services, service)
    }
    return service
  }

  #useSet(set: CommandCollection<any, any>, mount: (command: Command) => Command): void {
    this.#step(registry => set.commands.forEach(command => registry.add(mount(command))))
    if (!(set instanceof CommandSet)) return
    this.#sets.push(set)
    set.onChange(() => {
      const registry = this.#build()
      return () => (this.#held.registry = registry)
    })
  }

  /** Takes a step; one that fails is not recorded. */
  #step(step: (registry: Registry) => void): void {
    step(this.#held.registry)
    this.#steps.push(step)
  }

  #build(): Registry {
    const registry = new Registry()
    for (const step of this.#steps) step(registry)
    return registry
  }

  #change(what: string): void {
    if (this.#frozen) throw new AnswerbackError('FROZEN', { what })
  }
}
