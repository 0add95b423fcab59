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
 * One user in a shell, over one connection. Handlers and hooks get it as `session`; it is the same
 * object from `onStart` to `onEnd`, and the place for everything that belongs to this user only:
 * `state`, timers, what is written.
 *
 * Writing never throws. Every write can be awaited, and resolves when the user's side is ready for
 * more. An awaited write rejects with `SessionEnded` when the session is over, and with
 * `Interrupted` in a command that goes on after Ctrl-C: so a loop that awaits what it writes ends
 * by itself. A command need not catch them. Clean up before you write in `finally`, for that write
 * may reject as well. In `onEnd` writes resolve. A write that is not awaited rejects for nobody,
 * and `writeMessage` never rejects: write to other sessions with it. `\n` ends a line on every
 * transport.
 */
export class Session<User = unknown, State = unknown> {
  readonly #core: SessionCore
  #status: StatusArea | undefined

  /** Sessions are made by their shell. */
  constructor(core: SessionCore) {
    this.#core = core
  }

  /** Unique within the process. */
  get id(): string {
    return this.#core.facts.id
  }

  /** What the shell's authentication made of the login; `undefined` in a shell without. */
  get user(): User {
    return this.#core.facts.user as User
  }

  /** The name given at login; empty where none was asked for. */
  get name(): string {
    return this.#core.facts.name
  }

  /**
   * What the user's account is known by: the text that `auth.key` returns, else the name given at
   * login. Where an authorized key alone has let in, the fingerprint of that key. A name that is
   * merely given proves nothing.
   */
  get account(): string {
    return this.#core.facts.account
  }

  /** This session's own data, as the shell's `state` option made it. */
  get state(): State {
    return this.#core.state as State
  }

  /** Where the user is. */
  get peer(): Peer {
    return this.#core.facts.peer
  }

  /** Whether the user wanted a shell, or one command run. */
  get request(): ConnectionRequest {
    return this.#core.facts.request
  }

  /** Somebody sits at a terminal; false for pipes and single commands without one. */
  get interactive(): boolean {
    return this.#core.facts.interactive
  }

  /**
   * The user's terminal, as far as it is known now, in the size that `resize` has set; 80×24
   * without a name where there is none.
   */
  get terminal(): Terminal {
    return this.#core.facts.terminal
  }

  /** What the user's side says of its environment (`LANG`, …). Untrusted. */
  get environment(): Environment {
    return this.#core.facts.environment
  }

  /**
   * The inputs of this session, oldest first; before them those of the user's earlier sessions,
   * where these are kept (`history.store`). Commands may change the list: what is taken out of it
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
   * Writes text as it is: what is not the program's own in it goes through `safe`. So with all that
   * is written but messages.
   */
  write(text: string | SafeText): Promise<void> {
    return this.#core.write(String(text), 'stdout')
  }

  /** Writes text and a line end. */
  writeLine(text: string | SafeText = ''): Promise<void> {
    return this.#core.write(`${String(text)}\n`, 'stdout')
  }

  /** Writes an answer: what the user has asked for. */
  writeResponse(text: string | SafeText): Promise<void> {
    const own = String(text)
    return this.#core.write(`${this.#core.voices.response?.(own) ?? own}\n`, 'stdout')
  }

  /** Writes what went wrong; on the standard error of peers that have one. */
  writeError(text: string | SafeText): Promise<void> {
    const own = String(text)
    return this.#core.writeLines(this.#core.voices.error?.(own) ?? own, 'stderr')
  }

  /**
   * Writes what the user has not asked for, at any moment, on lines of its own. What is being
   * typed, and the cursor's place in it, stand below it as before. Never waits: what a slow reader
   * has not taken is dropped, oldest first, or the session ends, as the server's limits say.
   *
   * A string may be another user's, and is sanitized before the voice adds its own (see
   * `sanitize`). Colours and lines of the program's own are kept in a `safe` text.
   */
  writeMessage(text: string | SafeText): Promise<void> {
    const own = sanitizeUnlessSafe(text)
    return this.#core.writeMessage(this.#core.voices.message?.(own) ?? own)
  }

  /**
   * Reads a line from the user: `readLine('Name: ', { history: false })`. Rejects with
   * `Interrupted` on Ctrl-C, `InputEnded` on Ctrl-D or at the end of the input, `SessionEnded` when
   * the session ends: a command need not catch them. On a pipe no question is shown; if the input
   * has ended, the standard error says which one could not be answered, and the command ends with
   * status 1. One line is read at a time. One that is longer than `maxInput` is asked for again; on
   * a pipe it rejects with a failure (`fail`).
   *
   * A command that was abandoned by Ctrl-C (see `Invocation.signal`) can ask nothing any more. As
   * long as it runs, only the command that has taken its place can: what hooks and timers ask
   * meanwhile rejects with `Interrupted` as well.
   */
  readLine(prompt: string | SafeText = '', options: ReadLineOptions = {}): Promise<string> {
    if (options.validate === undefined && options.default === undefined) return this.#core.readLine(prompt, options)
    return unawaited(readValid(this, prompt, options))
  }

  /**
   * Reads lines until the input ends: `for await (const line of session.lines())` takes what is
   * piped into a command (`ssh host import < data`), each line when it is wanted, so that no more
   * than a few wait here. On a terminal Ctrl-D ends it. Otherwise as `readLine`; the lines go into
   * no history unless asked.
   */
  async *lines(prompt: string | SafeText = '', options: ReadLineOptions = {}): AsyncGenerator<string, void, undefined> {
    for (;;) {
      this.#core.running?.signal.throwIfAborted()
      const line = await this.readLine(prompt, { history: false, ...options }).catch(noneWhereInputEnded)
      if (line === undefined) return
      yield line
    }
  }

  /** Reads a line that does not show and is not kept: a password. Rejects as `readLine` does. */
  secret(prompt: string | SafeText, options: SecretOptions = {}): Promise<string> {
    return this.readLine(prompt, { ...options, echo: false, history: false })
  }

  /** Asks a question that is answered by yes or no, until it is. Rejects as `readLine` does. */
  confirm(question: string | SafeText, options: ConfirmOptions = {}): Promise<boolean> {
    return unawaited(answerOf(this, yesOrNo(question, options.default)))
  }

  /**
   * Lets the user choose: `select('Size?', ['small', 'large'])`. By the arrow keys and Enter, or a
   * number, where the terminal can; elsewhere from a numbered list. Rejects as `readLine` does.
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
   * Whether answers longer than the screen are shown a screenful at a time; a number: so many rows
   * at a time, 0 for none. Begins as the shell's `paging`, and can be set at any time
   * (`terminal length 0`). Once it is set, it holds for `page` too, and in line mode. Throws an
   * `AnswerbackError` (`OPTION`).
   */
  get paging(): boolean | number {
    return this.#core.facts.paging
  }

  set paging(paging: boolean | number) {
    this.#core.facts.setPaging(paging)
  }

  /**
   * Sets the size that the terminal is taken to have, for editing, tables and paging
   * (`terminal width 511`). It stays, whatever the user's side tells, until the next call. A size
   * that is not named is the terminal's own: `resize()` gives both back. Throws an
   * `AnswerbackError` (`OPTION`).
   */
  resize(size: TerminalSize = {}): void {
    this.#core.resize(this.#core.facts.resize(size))
  }

  /**
   * Writes an answer a screenful at a time, as `more` does: after each, Space shows the next one,
   * Enter a line, q nothing more. It is written at once if it fits, on a pipe, after `paging` was
   * set to `false`, and in line mode, which may be a pipe, unless `paging` was set. Rejects with
   * `Interrupted` on Ctrl-C.
   */
  page(text: string | SafeText): Promise<void> {
    const { facts } = this.#core
    if (String(text) === '') return SETTLED
    if (facts.pageSize === undefined || this.#core.nested.capturing) return this.writeResponse(text)
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
   * below it. A terminal that cannot draw it gets a few plain lines, and so does a pipe, on standard
   * error.
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
   * Calls `run` once, `ms` milliseconds from now, unless the session ends first. What it throws
   * goes to `onError`. A negative number is due at once, `Infinity` never; what is not a number
   * throws an `AnswerbackError` (`OPTION`).
   */
  after(ms: number, run: () => unknown): Cancel {
    return this.#core.after(durationOf('ms of session.after()', ms, -Infinity), run)
  }

  /**
   * Calls `run` every `ms` milliseconds until the session ends. What it throws goes to `onError`.
   * What is not a duration throws an `AnswerbackError` (`OPTION`).
   */
  every(ms: number, run: () => unknown): Cancel {
    return this.#core.every(durationOf('ms of session.every()', ms), run)
  }

  /**
   * Runs one command as if its user had typed it, and resolves with its status, 0 to 255: for
   * menus, aliases, start files, timers. `allow`, middleware, hooks and events are as ever; the
   * event says `nested`. It enters no history, and `maxCommandsPerSecond` does not count it. Give
   * what users gave as words: `run(['say', '--', text])` needs no quoting. A line end begins no
   * second command.
   *
   * The output goes to the user. With `capture` the promise resolves with the text and the value
   * instead. Messages and questions still reach the user. Text of more than 1,048,576 characters
   * stops the command, and rejects with a failure.
   *
   * At most 16 run at a time in a session, within one another or side by side. One more ends with
   * status 1, and the user is told. Then no other begins until all of them have ended, and the
   * typed command that has begun them.
   *
   * Ctrl-C aborts what was run while the typed command runs. `exit` ends the session.
   *
   * @throws `SessionEnded` when the session is over, `Interrupted` after Ctrl-C, a `Failure` where
   * too much is captured, an `AnswerbackError` (`OPTION`, `NOT_BEGUN`); all by rejecting
   * @example
   * shell.command('ll', 'List all.', async (_, session) => { await session.run('list --all') })
   * @example
   * const { text, value } = await session.run('show ports', { capture: true })
   */
  run<const C extends boolean = false>(
    command: string | readonly string[],
    { capture }: RunOptions<C> = {},
  ): Promise<C extends true ? CapturedRun : number> {
    const result = this.#core.nested.run(command, capture === true)
    return result as Promise<C extends true ? CapturedRun : number>
  }

  /**
   * Ends the session, after all that was written has been delivered. `status` is what a program
   * sees: 0 (the default) to 255. Any other number becomes 255; what is not a number throws an
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
