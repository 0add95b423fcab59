import { guarded } from '../session/voices.ts'
import type { Voices } from '../session/voices.ts'
import type { Service } from './service.ts'

interface VoicedSession {
  readonly id: string
  readonly facts: { readonly colourless: boolean }
  readonly nested: { readonly capturing: boolean } | undefined
}

/** Returns the voices of one session. Captured output, and output without a terminal, is plain. */
export function voicesOf(session: VoicedSession, service: Service): Voices {
  const { voices } = service.shell.settings
  return Object.keys(voices).length === 0 ? voices : bound(session, service)
}

/** A function of its own: its closures cost memory, and most shells have no voices. */
function bound(session: VoicedSession, { shell, tools }: Service): Voices {
  const isPlain = (): boolean => session.nested?.capturing === true || session.facts.colourless
  const fault = (err: unknown): void => tools.log.error({ err, session: session.id }, 'a voice has thrown')
  return guarded(shell.settings.voices, isPlain, fault)
}
