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

/** How lines are edited, remembered and drawn. Every field may be left out. */
export interface LineOptions<State> {
  /**
   * Binds keys by Readline's names, besides those of its emacs mode: `{ 'C-x C-u': 'undo',
   * 'M-p': 'history-search-backward', 'C-o': null }`. At this process's own terminal C-z suspends the
   * process, unless it is bound here; `ignore` is enough.
   */
  keys?: KeyBindings
  /**
   * What pasted line ends do: `edit`, they go into the line, which can be edited before it is run;
   * `run`, each ends a line, as if typed. `false`: no terminal is asked to mark what is pasted, so
   * it comes as if typed. Terminals without bracketed paste are never asked.
   * @default `edit`
   */
  paste?: 'edit' | 'run' | false
  /** What becomes of inputs when they have been taken. */
  history?: HistoryOptions
  /**
   * Colours a line as it is typed: parts in order and apart from each other, each with the
   * parameters of SGR (`1;31`).
   * @default none
   */
  highlight?: (line: string, session: Session<any, State>) => readonly StyledSpan[]
  /**
   * Shows how the line may go on, dimmed: Right or End takes it. `true`: as the newest input of the
   * history that begins so.
   * @default `false`
   */
  suggest?: boolean | ((line: string, session: Session<any, State>) => string | undefined)
  /**
   * Shows a row below the line as it is typed. `true`: the usage of the command at the cursor, if
   * everybody may run it.
   * @default `false`
   */
  hint?: boolean | ((line: string, cursor: number, session: Session<any, State>) => string | undefined)
}

/** What becomes of inputs, and where they are kept. */
export interface HistoryOptions extends HistoryPolicy {
  /**
   * Keeps the inputs of users over their sessions, by account (`session.account`, see `auth.key`);
   * without one nothing is stored.
   * @default in memory, as long as the shell lives, of users who have proved who they are; users
   * who have only given a name have no history but the session's
   */
  readonly store?: HistoryStore
}

/** The same, with nothing left out. */
export interface LineSettings {
  readonly keyMap: KeyMap
  /** C-z has a meaning of the shell's own. */
  readonly bindsSuspend: boolean
  readonly runsPaste: boolean
  /** Terminals that can are asked to mark what is pasted. */
  readonly marksPaste: boolean
  readonly history: HistorySettings
  readonly highlight: LineOptions<any>['highlight']
  readonly suggest: LineOptions<any>['suggest']
  readonly hint: LineOptions<any>['hint']
}

/** A switch, or a function that decides. */
const aSwitch: OptionCheck = value =>
  ['boolean', 'function'].includes(typeof value) ? undefined : 'it is true, false or a function'

/** What each can be; bindings of keys are checked where they are bound. */
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
