/** A text, restyled: `voices: { error: text => red(text) }`. */
export type Voice = (text: string) => string

/** How a session speaks: answers, errors, and what comes unasked. Each gets the text without its line end, and answers it restyled. */
export interface Voices {
  response?: Voice
  error?: Voice
  message?: Voice
}

/** The same voices, for sessions: where one throws, the text is said as it is, and `fault` is told. */
export function guarded(voices: Voices, fault: (error: unknown) => void): Voices {
  const names = Object.keys(voices) as (keyof Voices)[]
  if (names.length === 0) return voices
  return Object.fromEntries(names.map(name => [name, guardedVoice(voices[name] as Voice, fault)]))
}

function guardedVoice(voice: Voice, fault: (error: unknown) => void): Voice {
  return text => {
    try {
      return voice(text)
    } catch (error) {
      fault(error)
      return text
    }
  }
}
