import { withoutStyles } from '../../core/text/escape-sequence.ts'

/** A text, restyled: `voices: { error: text => red(text) }`. */
export type Voice = (text: string) => string

/**
 * How a session speaks: answers, errors, and what comes unasked. Each gets the text without its
 * line end, and returns it restyled. Colours (SGR) are left out where no terminal is, where it is
 * `dumb`, and where the user's environment has `NO_COLOR`.
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
 * The same voices, for one session: where one throws, the text is said as it is, and `fault` is
 * told. `plain`: whether colours are left out.
 */
export function guarded(voices: Voices, plain: () => boolean, fault: (error: unknown) => void): Voices {
  const names = Object.keys(voices) as (keyof Voices)[]
  if (names.length === 0) return voices
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

/** What the voice has added goes without colours; the text is its writer's own, and stays. */
function plainAround(text: string, said: string): string {
  const at = said.indexOf(text)
  if (at < 0) return withoutStyles(said)
  const [before, after] = [said.slice(0, at), said.slice(at + text.length)]
  return withoutStyles(before) + text + withoutStyles(after)
}
