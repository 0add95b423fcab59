import { visible } from '../core/visible.ts'
import type { Effect } from '../editor/editor.ts'
import type { Key } from '../terminal/key.ts'
import type { Picture, Span } from '../terminal/layout.ts'
import { FORWARD } from './line-keys.ts'
import type { LineSettings } from './line-options.ts'
import type { LineEditor } from './read-request.ts'
import type { Session } from './session.ts'

/**
 * What helps a user as the line is typed: colours, a suggestion of how it may go on, a row of hints below. Whatever of it throws is left out: help
 * must never keep anybody from typing.
 */
export class Aids {
  readonly #settings: LineSettings
  readonly #session: Session
  readonly #sources: AidSources

  constructor(settings: LineSettings, session: Session, sources: AidSources) {
    this.#settings = settings
    this.#session = session
    this.#sources = sources
  }

  /** The picture of a line with all of it; with colours alone when the line is over. */
  dress(picture: Picture, over: boolean): Picture {
    const { text, cursor } = picture
    const spans = this.#spans(text)
    const hint = over ? undefined : this.suggestion(text, cursor)
    const below = over ? undefined : this.#hint(text, cursor) || undefined
    return {
      ...picture,
      ...(spans && { spans }),
      ...(hint !== undefined && { hint: visible(hint) }),
      ...(below !== undefined && { below: [visible(below)] }),
    }
  }

  /** What may follow at the end of the line; only there is it shown, and can be taken. */
  suggestion(text: string, cursor: number): string | undefined {
    const { suggest } = this.#settings
    if (!suggest || text === '' || cursor < text.length) return undefined
    const whole = suggest === true ? this.#recent(text) : attempt(() => suggest(text, this.#session))
    return whole?.startsWith(text) && whole.length > text.length ? whole.slice(text.length) : undefined
  }

  /** A key that goes forward takes the suggestion, where there is one. */
  take(key: Key, editor: LineEditor): Effect | undefined {
    if (!FORWARD.has(key) || editor.prompt !== undefined) return undefined
    const rest = this.suggestion(editor.text, editor.cursor)
    return rest === undefined ? undefined : editor.replace(editor.cursor, editor.cursor, rest)
  }

  #recent(text: string): string | undefined {
    return this.#sources.history.findLast(entry => entry.startsWith(text) && !entry.includes('\n'))
  }

  #spans(text: string): readonly Span[] | undefined {
    const { highlight } = this.#settings
    const spans = highlight && attempt(() => highlight(text, this.#session))
    return spans?.filter(({ style }) => SGR.test(style)).toSorted((one, other) => one.start - other.start)
  }

  #hint(text: string, cursor: number): string | undefined | false {
    const { hint } = this.#settings
    // A reader of the shell's own may throw.
    if (hint === true) return attempt(() => this.#sources.usageAt(text, cursor))
    return hint && attempt(() => hint(text, cursor, this.#session))
  }
}

/** What the shell itself knows. */
export interface AidSources {
  readonly history: readonly string[]
  /** The usage of the command that a line calls, as far as the cursor. */
  usageAt(line: string, cursor: number): string | undefined
}

/** The aids of a shell that has any. */
export function aidsOf(settings: LineSettings, session: Session, sources: AidSources): Aids | undefined {
  const { highlight, suggest, hint } = settings
  return highlight || suggest || hint ? new Aids(settings, session, sources) : undefined
}

/** Anything else would be a sequence that does more than colour. */
const SGR = /^[\d;:]+$/

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
