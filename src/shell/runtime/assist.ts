import { LineAssist } from '../line/assist.ts'
import type { LineSettings } from '../settings/line-options.ts'
import type { Session } from '../session/session.ts'

/** What the shell itself knows of a line. */
interface ShellAssist {
  readonly history: readonly string[]
  /** Returns the usage of the command that a line calls, as far as the cursor. */
  readonly usageAt: (line: string, cursor: number) => string | undefined
}

/** Returns what helps a user while a line is typed; `undefined` if the shell uses none of it. */
export function assistOf(
  settings: LineSettings,
  session: Session,
  { history, usageAt }: ShellAssist,
): LineAssist | undefined {
  const { highlight, suggest, hint } = settings
  if (!highlight && !suggest && !hint) return undefined
  return new LineAssist({
    highlight: highlight && (line => highlight(line, session)),
    suggest: suggest === true ? line => newestOf(history, line) : suggest ? line => suggest(line, session) : undefined,
    hint: hint === true ? usageAt : hint ? (line, cursor) => hint(line, cursor, session) : undefined,
  })
}

/** Returns the newest history entry of one line with this beginning. */
function newestOf(history: readonly string[], line: string): string | undefined {
  return history.findLast(entry => entry.startsWith(line) && !entry.includes('\n'))
}
