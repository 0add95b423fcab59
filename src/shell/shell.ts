import type { Authenticator } from '../core/authenticator.ts'
import type { Connection } from '../core/connection.ts'
import { AnswerbackError } from '../core/errors.ts'
import type { Host, HostedSession, Tools } from '../core/transport.ts'
import type { Auth, UserOf } from './auth.ts'
import { ShellAuthenticator } from './authenticator.ts'
import { builtIns } from './built-ins.ts'
import type { Command } from './command.ts'
import { Collector, mounted } from './command-set.ts'
import type { Commands } from './command-set.ts'
import { Conversation } from './conversation.ts'
import type { CommandText } from './help.ts'
import type { EndHook, ErrorHook, Hooks, StartHook, UnknownHook } from './hooks.ts'
import { settingsOf } from './options.ts'
import type { ShellOptions, ShellSettings } from './options.ts'
import { Registry } from './registry.ts'
import type { Session } from './session.ts'

/**
 * Describes a shell: commands, options, authentication. It is served by `serve(shell, { listen: […] })`, over any number of transports at once, and
 * is frozen from then on. Throws an `AnswerbackError` (`OPTION`) for an option that cannot be meant.
 */
export function createShell<A extends Auth | 'open', State = undefined>(options: ShellOptions<A, State> = {}): Shell<UserOf<A>, State> {
  return new Shell(options as ShellOptions<Auth | 'open', any>)
}

/** A shell: `User` is what its authentication makes of a login (`session.user`), `State` what each session holds (`session.state`). */
export class Shell<User, State> extends Collector<User, State> implements Host<Session<User, State>> {
  readonly #settings: ShellSettings
  readonly #registry: Registry = new Registry()
  readonly #hooks: Hooks = { start: [], end: [] }
  readonly #authenticators: Map<Tools, Authenticator> = new Map()
  #frozen = false

  /** `createShell` infers the types; this does not. */
  constructor(options: ShellOptions<Auth | 'open', any>) {
    super()
    this.#settings = settingsOf(options)
    for (const command of builtIns(() => this.#texts())) this.#registry.add(command)
  }

  get commands(): readonly Command<User, State>[] {
    return this.#registry.list().map(({ command }) => command)
  }

  /** Adds all commands of a set; under a prefix, as sub-commands of it: `use('admin', admin)` makes `kick` `admin kick`. */
  use(set: Commands<User, State>): this
  use(prefix: string, set: Commands<User, State>): this
  use(first: string | Commands<User, State>, second?: Commands<User, State>): this {
    const [prefix, set] = typeof first === 'string' ? [first, second as Commands<User, State>] : ['', first]
    for (const command of set.commands) this.add(prefix === '' ? command : mounted(prefix, command))
    return this
  }

  /** Takes a name away: a built-in that is not wanted, or one alias. A name that is not there is an error. */
  remove(name: string): this {
    this.#change('remove()')
    if (!this.#registry.remove(name)) throw new AnswerbackError('OPTION', { option: 'remove', value: `'${name}'`, way: 'no command has that name' })
    return this
  }

  /** Runs when a session begins: after the login and the welcome, before the first prompt, which waits for it. */
  onStart(hook: StartHook<User, State>): this {
    this.#change('onStart()')
    this.#hooks.start.push(hook)
    return this
  }

  /** Runs once when a session ends, however it does, and only where `onStart` had begun. The session can no longer be spoken to by a user that is gone. */
  onEnd(hook: EndHook<User, State>): this {
    this.#change('onEnd()')
    this.#hooks.end.push(hook)
    return this
  }

  /**
   * Is given every exception that is not a user's error (`fail`): of commands, hooks and timers. `false` ends the session; anything else lets it go on. Default: the
   * user is told one sentence, and the exception is logged.
   */
  onError(hook: ErrorHook<User, State>): this {
    this.#change('onError()')
    this.#hooks.error = hook
    return this
  }

  /** Answers an input that names no command, as a handler answers. Default: an error that names `help`. */
  onUnknown(hook: UnknownHook<User, State>): this {
    this.#change('onUnknown()')
    this.#hooks.unknown = hook
    return this
  }

  // What servers call.

  prepare(): void {
    this.#frozen = true
  }

  authenticator(tools: Tools): Authenticator {
    let authenticator = this.#authenticators.get(tools)
    if (authenticator === undefined) {
      authenticator = new ShellAuthenticator(this.#settings.auth, tools)
      this.#authenticators.set(tools, authenticator)
    }
    return authenticator
  }

  open(connection: Connection, tools: Tools): HostedSession<Session<User, State>> {
    const shell = { settings: this.#settings, registry: this.#registry, hooks: this.#hooks }
    const conversation = new Conversation(shell, this.authenticator(tools), connection, tools)
    conversation.begin()
    return conversation as HostedSession<Session<any, any>>
  }

  protected override add(command: Command): void {
    this.#change('command()')
    this.#registry.add(command)
  }

  #change(what: string): void {
    if (this.#frozen) throw new AnswerbackError('FROZEN', { what })
  }

  #texts(): CommandText[] {
    return this.#registry.list().map(({ command, names }) => ({ ...command, names }))
  }
}
