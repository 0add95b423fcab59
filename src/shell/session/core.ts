import type { Cancel } from '../../core/time/clock.ts'
import type { OutputStream, Terminal } from '../../core/connection.ts'
import type { SafeText } from '../../core/text/safe-text.ts'
import type { SessionFacts } from './facts.ts'
import type { Question } from '../ask/question.ts'
import type { SessionHistory } from './history.ts'
import type { ReadLineOptions } from '../ask/options.ts'
import type { CommandRunner } from './run.ts'
import type { Voices } from './voices.ts'

/** The implementation of a session. */
export interface SessionCore {
  readonly facts: SessionFacts
  readonly state: unknown
  readonly past: Pick<SessionHistory, 'entries'>
  readonly others: readonly unknown[]
  readonly signal: AbortSignal
  readonly voices: Voices
  readonly nested: CommandRunner | undefined
  /** The same, made where there was none. */
  readonly runner: CommandRunner
  write(text: string, stream: OutputStream): Promise<void>
  writeLines(text: string, stream: OutputStream): Promise<void>
  writeMessage(text: string): Promise<void>
  readLine(prompt: string | SafeText, options: ReadLineOptions): Promise<string>
  /** Asks a question of any kind; one at a time. */
  ask<Answer>(question: Question<Answer>): Promise<Answer>
  /** Shows rows above the prompt; returns whether they can be drawn. */
  showStatus(rows: readonly string[]): boolean
  /** The command that runs now. */
  readonly running: { readonly signal: AbortSignal } | undefined
  after(ms: number, run: () => unknown): Cancel
  every(ms: number, run: () => unknown): Cancel
  /** Sets the terminal, regardless of what it reports. */
  resize(terminal: Terminal): void
  end(reason: string, status: number): void
}
