import type { Cancel } from '../../core/time/clock.ts'
import type { ConnectionRequest, Environment, Peer, Terminal } from '../../core/connection.ts'
import { durationOf } from '../../core/options/duration.ts'
import { InputEnded } from '../../core/options/errors.ts'
import { exitStatus } from '../../core/options/exit-status.ts'
import { sanitizeUnlessSafe } from '../../core/text/safe-text.ts'
import type { SafeText } from '../../core/text/safe-text.ts'
import type { TerminalSize } from './facts.ts'
import { MoreQuestion, page } from '../ask/pager.ts'
import type { More } from '../ask/pager.ts'
import { unawaited } from '../ask/question.ts'
import { answerOf, readValid, selectFrom, yesOrNo } from '../ask/questions.ts'
import type { Choice, ConfirmOptions, ReadLineOptions, SecretOptions, SelectOptions } from '../ask/options.ts'
import type { CapturedRun, RunOptions } from './run.ts'
import type { SessionCore } from './core.ts'
import { ProgressBar, SpinningLine, StatusArea } from './status-area.ts'
import type { Progress, Spinner } from './status-area.ts'
import { SETTLED } from './tell.ts'

/**
 * One user in a shell, over one connection. Handlers and hooks receive it as `session`, the same
 * object from `onStart` to `onEnd`. It holds everything that belongs to this user only: `state`,
 * timers, output.
 *
 * Writing never throws. Every write can be awaited, and resolves when the peer is ready for more.
 * An awaited write rejects with `SessionEnded` when the session is over. In a command that goes on
 * after Ctrl-C it rejects with `Interrupted`. So a loop that awaits its writes ends by itself. A
 * command need not catch them. Clean up before you write in `finally`, because that write may
 * reject as well. In `onEnd` writes resolve.
 *
 * An unawaited write causes no unhandled rejection. `writeMessage` never rejects: write to other
 * sessions with it. `\n` ends a line on every transport.
 */
export class Session<User = unknown, State = unknown> {
  readonly #core: SessionCore
  #status: StatusArea | undefined

  /** Used by the shell, which makes its sessions. */
  constructor(core: SessionCore) {
    this.#core = core
  }

  /** Unique within the process. */
  get id(): string {
    return this.#core.facts.id
  }

  /**
   * What the shell's authentication has returned for the login; `undefined` without authentication.
   */
  get user(): User {
    return this.#core.facts.user as User
  }

  /** The name given at login; empty if the login asks for none. */
  get name(): string {
    return this.#core.facts.name
  }

  /**
   * The key of the user's account: the text that `auth.key` returns, else the name given at login.
   * After a login by an authorized key alone, it is the fingerprint of that key. A name without
   * authentication proves nothing.
   */
  get account(): string {
    return this.#core.facts.account
  }

  /** This session's own data, made by the shell's `state` option. */
  get state(): State {
    return this.#core.state as State
  }

  /** The user's transport and addresses. */
  get peer(): Peer {
    return this.#core.facts.peer
  }

  /** Whether the user requested a shell, or one command. */
  get request(): ConnectionRequest {
    return this.#core.facts.request
  }

  /** Whether a person sits at a terminal; false for pipes, and for single commands without one. */
  get interactive(): boolean {
    return this.#core.facts.interactive
  }

  /**
   * The user's terminal, as far as it is known now, in the size that `resize` has set. Without one
   * it is 80×24 and has no name.
   */
  get terminal(): Terminal {
    return this.#core.facts.terminal
  }

  /** The environment variables that the peer has sent (`LANG`, …). Untrusted. */
  get environment(): Environment {
    return this.#core.facts.environment
  }

  /**
   * The inputs of this session, oldest first. Before them are those of the user's earlier sessions,
   * if a store keeps them (`history.store`). Commands may change the list: an entry that is removed
   * is not stored.
   */
  get history(): string[] {
    return this.#core.past.entries
  }

  /**
   * The sessions of all other users who are logged in at the same server, over every transport:
   * `for (const other of session.others) void other.writeMessage(text)`. Each read returns a new
   * list.
   */
  get others(): readonly this[] {
    return this.#core.others as readonly this[]
  }

  /** Fires when the session has ended; its reason is a `SessionEnded`. */
  get signal(): AbortSignal {
    return this.#core.signal
  }

  /**
   * Writes text as it is: pass foreign text through `safe` first. The same holds for all other
   * writes except messages.
   */
  write(text: string | SafeText): Promise<void> {
    return this.#core.write(String(text), 'stdout')
  }

  /** Writes text and a line end. */
  writeLine(text: string | SafeText = ''): Promise<void> {
    return this.#core.write(`${String(text)}\n`, 'stdout')
  }

  /** Writes an answer, which the user has requested. */
  writeResponse(text: string | SafeText): Promise<void> {
    const own = String(text)
    return this.#core.write(`${this.#core.voices.response?.(own) ?? own}\n`, 'stdout')
  }

  /** Writes an error; to the standard error of peers that have one. */
  writeError(text: string | SafeText): Promise<void> {
    const own = String(text)
    return this.#core.writeLines(this.#core.voices.error?.(own) ?? own, 'stderr')
  }

  /**
   * Writes a message that the user has not requested, at any moment, on lines of its own. The line
   * being typed, and its cursor, reappear below it unchanged.
   *
   * It never waits. Messages that a slow reader has not taken are dropped, oldest first, or the
   * session ends, by the server's limits.
   *
   * A string may be another user's: it is sanitized before the voice adds its own styles (see
   * `sanitize`). A `safe` text keeps the program's own colours and lines.
   */
  writeMessage(text: string | SafeText): Promise<void> {
    const own = sanitizeUnlessSafe(text)
    return this.#core.writeMessage(this.#core.voices.message?.(own) ?? own)
  }

  /**
   * Reads a line from the user: `readLine('Name: ', { history: false })`.
   *
   * Rejects with `Interrupted` on Ctrl-C, with `InputEnded` on Ctrl-D or at the end of the input,
   * and with `SessionEnded` when the session ends. A command need not catch them.
   *
   * On a pipe no question is shown. If the input has ended, the standard error names the question
   * that could not be answered, and the command ends with status 1.
   *
   * One line is read at a time. A line longer than `maxInput` is asked for again; on a pipe it
   * rejects with a failure (`fail`).
   *
   * A command that was abandoned after Ctrl-C (see `Invocation.signal`) can no longer ask. As long
   * as it runs, only the next command can. Questions of hooks and timers reject with `Interrupted`
   * meanwhile.
   */
  readLine(prompt: string | SafeText = '', options: ReadLineOptions = {}): Promise<string> {
    if (options.validate === undefined && options.default === undefined) return this.#core.readLine(prompt, options)
    return unawaited(readValid(this, prompt, options))
  }

  /**
   * Reads lines until the input ends: `for await (const line of session.lines())` reads the input
   * piped into a command (`ssh host import < data`). Each line is read on demand, so that only a
   * few wait here. At a terminal Ctrl-D ends it. Otherwise it is like `readLine`; the lines enter
   * no history unless requested.
   */
  async *lines(prompt: string | SafeText = '', options: ReadLineOptions = {}): AsyncGenerator<string, void, undefined> {
    for (;;) {
      this.#core.running?.signal.throwIfAborted()
      const line = await this.readLine(prompt, { history: false, ...options }).catch(noneWhereInputEnded)
      if (line === undefined) return
      yield line
    }
  }

  /** Reads a line that is neither shown nor kept: a password. Rejects like `readLine`. */
  secret(prompt: string | SafeText, options: SecretOptions = {}): Promise<string> {
    return this.readLine(prompt, { ...options, echo: false, history: false })
  }

  /** Asks a question until the answer is yes or no. Rejects like `readLine`. */
  confirm(question: string | SafeText, options: ConfirmOptions = {}): Promise<boolean> {
    return unawaited(answerOf(this, yesOrNo(question, options.default)))
  }

  /**
   * Lets the user choose: `select('Size?', ['small', 'large'])`. A capable terminal takes the arrow
   * keys and Enter, or a number. Elsewhere the user chooses from a numbered list. Rejects like
   * `readLine`.
   */
  select<const T>(
    question: string | SafeText,
    choices: readonly Choice<T>[],
    options: SelectOptions<NoInfer<T>> = {},
  ): Promise<T> {
    const list = (text: string): Promise<void> =>
      this.interactive ? this.writeLine(text) : this.#core.writeLines(text, 'stderr')
    return unawaited(selectFrom(this, question, choices, options, menu => this.#core.ask(menu), list))
  }

  /**
   * Whether answers longer than the screen are shown a screenful at a time. A number is the rows of
   * a screenful, 0 for no paging.
   *
   * It is initially the shell's `paging`, and can be set at any time (`terminal length 0`). Once
   * set, it holds for `page` too, and in line mode. Throws an `AnswerbackError` (`OPTION`).
   */
  get paging(): boolean | number {
    return this.#core.facts.paging
  }

  set paging(paging: boolean | number) {
    this.#core.facts.setPaging(paging)
  }

  /**
   * Sets the size of the terminal for editing, tables and paging (`terminal width 511`). It stays
   * until the next call, regardless of the reported size. A dimension that is not given is the
   * terminal's own: `resize()` resets both. Throws an `AnswerbackError` (`OPTION`).
   */
  resize(size: TerminalSize = {}): void {
    this.#core.resize(this.#core.facts.resize(size))
  }

  /**
   * Writes an answer a screenful at a time, like `more`: Space shows the next screenful, Enter a
   * line, q nothing more.
   *
   * It is written at once if it fits, on a pipe, and after `paging` was set to `false`. In line
   * mode, which may be a pipe, it is written at once unless `paging` was set. Rejects with
   * `Interrupted` on Ctrl-C.
   */
  page(text: string | SafeText): Promise<void> {
    const { facts } = this.#core
    if (String(text) === '') return SETTLED
    if (facts.pageSize === undefined || this.#core.nested?.capturing) return this.writeResponse(text)
    const pages = page(
      String(text),
      () => facts.pageSize,
      lines => this.writeResponse(lines),
      () => this.#askMore(),
    )
    return unawaited(pages)
  }

  /**
   * Shows a progress bar above the prompt while a task is running, and resolves with its result:
   * `progress('Copying', async bar => {… bar.update(done / all) …})`. Messages and prompts appear
   * below it. A terminal that cannot draw it receives a few plain lines, and a pipe receives them
   * on standard error.
   */
  progress<T>(label: string, work: (bar: Progress) => T | Promise<T>): Promise<T> {
    return this.#statusArea().run(new ProgressBar(label), work)
  }

  /**
   * Shows a spinner while a task of unknown length is running, and resolves with its result:
   * `spinner('Searching', () => search(text))`. Otherwise as `progress`.
   */
  spinner<T>(label: string, work: (spinner: Spinner) => T | Promise<T>): Promise<T> {
    return this.#statusArea().run(new SpinningLine(label), work)
  }

  /**
   * Calls `run` once, in `ms` milliseconds, unless the session ends first. Errors go to `onError`.
   * A negative number is due at once, `Infinity` never. Any value but a number throws an
   * `AnswerbackError` (`OPTION`).
   */
  after(ms: number, run: () => unknown): Cancel {
    return this.#core.after(durationOf('ms of session.after()', ms, -Infinity), run)
  }

  /**
   * Calls `run` every `ms` milliseconds until the session ends. Errors go to `onError`. An invalid
   * duration throws an `AnswerbackError` (`OPTION`).
   */
  every(ms: number, run: () => unknown): Cancel {
    return this.#core.every(durationOf('ms of session.every()', ms), run)
  }

  /**
   * Runs one command as if its user had typed it, and resolves with its status, 0 to 255: for
   * menus, aliases, start files, timers. `allow`, middleware, hooks and events apply as usual; the
   * event says `nested`. It enters no history, and `maxCommandsPerSecond` does not count it. Pass
   * user input as words: `run(['say', '--', text])` needs no quoting. A line end begins no second
   * command.
   *
   * The output goes to the user. With `capture` the promise resolves with the text and the value
   * instead. Messages and questions still reach the user. Text of more than 1,048,576 characters
   * stops the command, and rejects with a failure.
   *
   * At most 16 run at a time in a session, nested or side by side. One more ends with status 1, and
   * the user reads why. Then no other begins until all of them have ended, and the typed command
   * that has begun them.
   *
   * While the typed command runs, Ctrl-C aborts its nested commands. `exit` ends the session. All
   * errors are rejections.
   *
   * @throws `SessionEnded` when the session is over
   * @throws `Interrupted` after Ctrl-C
   * @throws a `Failure` if too much is captured
   * @throws an `AnswerbackError` (`OPTION`, `NOT_BEGUN`)
   * @example
   * shell.command('ll', 'List all.', async (_, session) => { await session.run('list --all') })
   * @example
   * const { text, value } = await session.run('show ports', { capture: true })
   */
  run<const C extends boolean = false>(
    command: string | readonly string[],
    { capture }: RunOptions<C> = {},
  ): Promise<C extends true ? CapturedRun : number> {
    const result = this.#core.runner.run(command, capture === true)
    return result as Promise<C extends true ? CapturedRun : number>
  }

  /**
   * Ends the session, after all output has been delivered. `status` is what a program sees: 0 (the
   * default) to 255. Any other number becomes 255. Any value but a number throws an
   * `AnswerbackError` (`OPTION`).
   */
  end(status = 0): void {
    this.#core.end('exit', exitStatus(status))
  }

  #statusArea(): StatusArea {
    return (this.#status ??= new StatusArea(this.#core))
  }

  /** Without single keys, an empty line requests the next screenful. */
  async #askMore(): Promise<More> {
    this.#core.running?.signal.throwIfAborted()
    if (this.terminal.input === 'character') return this.#core.ask(new MoreQuestion())
    return this.#core.readLine('--More--', { history: false }).then(line => (/^\s*q/i.test(line) ? 'quit' : 'page'))
  }
}

function noneWhereInputEnded(error: unknown): undefined {
  if (!(error instanceof InputEnded)) throw error
}
