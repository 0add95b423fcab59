import { visible } from '../../core/text/visible.ts'
import type { Effect } from '../../editor/editor.ts'
import type { Key } from '../../terminal/key.ts'
import type { Picture, StyledSpan } from '../../terminal/layout.ts'
import { FORWARD } from './keys.ts'
import type { LineEditor } from './editor.ts'

/**
 * Helps the user while a line is typed: colours, a suggestion how it may continue, a row of hints
 * below. A source that throws is ignored, because help must never prevent typing.
 */
export class LineAssist {
  readonly #sources: AssistSources

  constructor(sources: AssistSources) {
    this.#sources = sources
  }

  /** Returns the picture of a line with all of this; with colours only if the line is over. */
  decorate(picture: Picture, over: boolean): Picture {
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

  /** Returns what may follow at the end of the line. Only there is it shown, and can be taken. */
  suggestion(text: string, cursor: number): string | undefined {
    const { suggest } = this.#sources
    if (suggest === undefined || text === '' || cursor < text.length) return undefined
    const whole = guardedCall(() => suggest(text))
    return whole?.startsWith(text) && whole.length > text.length ? whole.slice(text.length) : undefined
  }

  /** Takes the suggestion at a key that moves forward, if there is a suggestion. */
  take(key: Key, editor: LineEditor): Effect | undefined {
    if (!FORWARD.has(key) || editor.prompt !== undefined) return undefined
    const rest = this.suggestion(editor.text, editor.cursor)
    return rest === undefined ? undefined : editor.replace(editor.cursor, editor.cursor, rest)
  }

  #spans(text: string): readonly StyledSpan[] | undefined {
    const { highlight } = this.#sources
    const spans = highlight && guardedCall(() => highlight(text))
    return spans?.filter(({ style }) => SGR.test(style)).toSorted((one, other) => one.start - other.start)
  }

  #hint(text: string, cursor: number): string | undefined {
    const { hint } = this.#sources
    return hint && guardedCall(() => hint(text, cursor))
  }
}

/** The sources of help for one user, each of them optional. */
export interface AssistSources {
  /** Returns the parts of a line that are coloured. */
  readonly highlight?: ((line: string) => readonly StyledSpan[]) | undefined
  /** Returns the whole line that this one may become. */
  readonly suggest?: ((line: string) => string | undefined) | undefined
  /** Returns the row below a line. */
  readonly hint?: ((line: string, cursor: number) => string | undefined) | undefined
}

/** Matches the parameters of SGR. Anything else would be a sequence that does more than colour. */
const SGR = /^[\d;:]+$/

function guardedCall<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
