import { LineAssist } from '../line/assist.ts'
import type { LineSettings } from '../settings/line-options.ts'
import type { Session } from '../session/session.ts'

/** What the shell itself knows of a line. */
interface ShellAssist {
  readonly history: readonly string[]
  readonly session: Session
  /** Returns the usage of the command that a line calls, as far as the cursor. */
  usageAt(line: string, cursor: number): string | undefined
}

/** Returns what helps a user while a line is typed; `undefined` if the shell uses none of it. */
export function assistOf(settings: LineSettings, shell: ShellAssist): LineAssist | undefined {
  return settings.highlight || settings.suggest || settings.hint ? bound(settings, shell) : undefined
}

/** A function of its own: its closures cost memory, and most shells have no assist. */
function bound({ highlight, suggest, hint }: LineSettings, shell: ShellAssist): LineAssist {
  const { session } = shell
  return new LineAssist({
    highlight: highlight && (line => highlight(line, session)),
    suggest:
      suggest === true ? line => newestOf(shell.history, line) : suggest ? line => suggest(line, session) : undefined,
    hint:
      hint === true
        ? (line, cursor) => shell.usageAt(line, cursor)
        : hint
          ? (line, cursor) => hint(line, cursor, session)
          : undefined,
  })
}

/** Returns the newest history entry of one line with this beginning. */
function newestOf(history: readonly string[], line: string): string | undefined {
  return history.findLast(entry => entry.startsWith(line) && !entry.includes('\n'))
}
