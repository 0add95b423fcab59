import { aFunction, anything, checkOptions, oneOf, wholeNumber, withMethods } from '../../core/options/options.ts'
import type { OptionCheck, OptionTable } from '../../core/options/options.ts'
import type { HistoryPolicy } from '../../editor/history/entries.ts'
import { MemoryHistory } from '../../editor/history/store.ts'
import type { HistoryStore } from '../../editor/history/store.ts'
import { EMACS } from '../../editor/keys/emacs.ts'
import { KeyMap } from '../../editor/keys/map.ts'
import type { KeyBindings } from '../../editor/keys/map.ts'
import type { StyledSpan } from '../../terminal/layout.ts'
import type { Session } from '../session/session.ts'
import type { HistorySettings } from '../session/history.ts'

/** How lines are edited, remembered and drawn. Every field is optional. */
export interface LineOptions<State> {
  /**
   * Binds keys by Readline's names, in addition to those of its emacs mode:
   * `{ 'C-x C-u': 'undo', 'M-p': 'history-search-backward', 'C-o': null }`. At this process's own
   * terminal C-z suspends the process, unless it is bound here; `ignore` is enough.
   */
  keys?: KeyBindings
  /**
   * What pasted line ends do. With `edit` they enter the line, which can be edited before it runs.
   * With `run` each ends a line, as if typed. With `false` no terminal is asked to mark pasted
   * text, so it arrives as if typed. Terminals without bracketed paste are never asked.
   * @default `edit`
   */
  paste?: 'edit' | 'run' | false
  /** The policy for accepted inputs. */
  history?: HistoryOptions
  /**
   * Colours a line as it is typed. Returns parts in order that do not overlap, each with the
   * parameters of SGR (`1;31`).
   * @default none
   */
  highlight?: (line: string, session: Session<any, State>) => readonly StyledSpan[]
  /**
   * Shows a possible rest of the line, dimmed; Right or End accepts it. `true` suggests the newest
   * history entry with this beginning.
   * @default `false`
   */
  suggest?: boolean | ((line: string, session: Session<any, State>) => string | undefined)
  /**
   * Shows a row below the line as it is typed. `true` shows the usage of the command at the cursor,
   * if the command is open to all users.
   * @default `false`
   */
  hint?: boolean | ((line: string, cursor: number, session: Session<any, State>) => string | undefined)
}

/** The policy for accepted inputs, and their store. */
export interface HistoryOptions extends HistoryPolicy {
  /**
   * Keeps the inputs of users over their sessions, by account (`session.account`, see `auth.key`).
   *
   * By default it is in memory, as long as the shell lives, and only for authenticated users. Users
   * who merely give a name have only the history of their session.
   * @default in memory
   */
  readonly store?: HistoryStore
}

/** The line options, complete. */
export interface LineSettings {
  readonly keyMap: KeyMap
  /** Whether the shell binds C-z itself. */
  readonly bindsSuspend: boolean
  readonly runsPaste: boolean
  /** Whether capable terminals are asked to mark pasted text. */
  readonly marksPaste: boolean
  readonly history: HistorySettings
  readonly highlight: LineOptions<any>['highlight']
  readonly suggest: LineOptions<any>['suggest']
  readonly hint: LineOptions<any>['hint']
}

/** A switch, or a function that decides. */
const aSwitch: OptionCheck = value =>
  ['boolean', 'function'].includes(typeof value) ? undefined : 'it is true, false or a function'

/** Valid values of each option; key bindings are checked at their use. */
export const LINE_OPTIONS: OptionTable<LineOptions<any>> = {
  keys: anything,
  paste: oneOf('edit', 'run', false),
  history: anything,
  highlight: aFunction,
  suggest: aSwitch,
  hint: aSwitch,
}

const HISTORY: OptionTable<HistoryOptions> = {
  size: wholeNumber(0),
  duplicates: oneOf('keep', 'ignore', 'erase'),
  store: withMethods('a store, as historyFile(directory) is', 'load', 'append', 'clear'),
}

export function lineSettingsOf(options: LineOptions<any>): LineSettings {
  const { keys, history = {} } = options
  checkOptions('history', HISTORY, history, 'history.')
  return {
    keyMap: keys === undefined ? EMACS : EMACS.bind(keys),
    bindsSuspend: keys !== undefined && bindsSuspend(keys),
    runsPaste: options.paste === 'run',
    marksPaste: options.paste !== false,
    history: {
      size: history.size ?? 1000,
      duplicates: history.duplicates ?? 'ignore',
      store: history.store ?? new MemoryHistory(),
      chosen: history.store !== undefined,
    },
    highlight: options.highlight,
    suggest: options.suggest,
    hint: options.hint,
  }
}

function bindsSuspend(keys: KeyBindings): boolean {
  return [...new KeyMap(keys).entries()].some(([sequence]) => sequence.split(' ').includes('C-z'))
}
