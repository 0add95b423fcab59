import { withoutStyles } from '../../core/text/escape-sequence.ts'

/** Restyles a text: `voices: { error: text => red(text) }`. */
export type Voice = (text: string) => string

/**
 * The styles of answers, errors and messages. Each voice receives the text without its line end,
 * and returns it restyled. Colours (SGR) are omitted without a terminal, on a `dumb` one, and if
 * the user's environment has `NO_COLOR`.
 */
export interface Voices {
  /** Restyles what a command returns. */
  response?: Voice
  /** Restyles errors. */
  error?: Voice
  /** Restyles messages. */
  message?: Voice
}

/**
 * Returns the voices for one session. If one throws, the text stays as it is, and `fault` receives
 * the error. `plain` returns whether colours are omitted.
 */
export function guarded(voices: Voices, plain: () => boolean, fault: (error: unknown) => void): Voices {
  const names = Object.keys(voices) as (keyof Voices)[]
  return Object.fromEntries(names.map(name => [name, guardedVoice(voices[name] as Voice, plain, fault)]))
}

function guardedVoice(voice: Voice, plain: () => boolean, fault: (error: unknown) => void): Voice {
  return text => {
    try {
      const said = voice(text)
      return plain() ? plainAround(text, said) : said
    } catch (error) {
      fault(error)
      return text
    }
  }
}

/** Removes the colours that the voice has added; those of the text itself stay. */
function plainAround(text: string, said: string): string {
  const at = said.indexOf(text)
  if (at < 0) return withoutStyles(said)
  const [before, after] = [said.slice(0, at), said.slice(at + text.length)]
  return withoutStyles(before) + text + withoutStyles(after)
}
