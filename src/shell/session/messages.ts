import type { Connection } from '../../core/connection.ts'
import { SESSION_LIMITS } from '../../core/session-limits.ts'
import type { SessionLimits } from '../../core/session-limits.ts'

export type MessageLimits = Pick<SessionLimits, 'maxQueuedMessages' | 'slowReader'>

/** The screen of the messages. */
export interface MessageScreen {
  /** Writes lines of their own, above the line being typed. */
  writeLines(text: string): unknown
}

/** The session of the messages, as far as they need it. */
export interface MessageHost {
  /** Ends a session whose peer reads too slowly. */
  tooSlow(): void
}

/**
 * Messages to one session. Their senders never wait. During back-pressure messages wait here, up to
 * a cap; then the oldest are dropped. Their number is shown when the peer reads again, or the
 * session ends.
 */
export class Messages {
  readonly #connection: Connection
  readonly #screen: MessageScreen
  readonly #host: MessageHost
  readonly #limits: MessageLimits
  readonly #waiting: string[] = []
  #length = 0
  #dropped = 0
  #holding = false
  #ended = false

  constructor(connection: Connection, screen: MessageScreen, host: MessageHost, limits: MessageLimits | undefined) {
    this.#connection = connection
    this.#screen = screen
    this.#host = host
    this.#limits = limits ?? SESSION_LIMITS
  }

  write(text: string): void {
    if (!this.#holding && !this.#connection.needsDrain) return void this.#screen.writeLines(text)
    this.#hold(text)
    if (this.#holding) return
    this.#holding = true
    void this.#connection.drained().then(() => this.#release())
  }

  #hold(text: string): void {
    this.#waiting.push(text)
    this.#length += text.length
    if (this.#length > this.#limits.maxQueuedMessages && this.#limits.slowReader === 'end') return this.#end()
    while (this.#length > this.#limits.maxQueuedMessages && this.#waiting.length > 0) this.#dropOldest()
  }

  #dropOldest(): void {
    this.#length -= this.#waiting.shift()?.length ?? 0
    this.#dropped += 1
  }

  /** Writes the reason, which the peer reads when it resumes. */
  #end(): void {
    this.#clear()
    if (this.#ended) return
    this.#ended = true
    this.#screen.writeLines('Messages came faster than they were read. The session ends.')
    this.#host.tooSlow()
  }

  #clear(): string[] {
    this.#length = 0
    return this.#waiting.splice(0)
  }

  #release(): void {
    this.#holding = false
    const messages = this.#clear()
    if (this.#dropped > 0) messages.unshift(noticeOf(this.#dropped))
    this.#dropped = 0
    if (messages.length > 0) this.#screen.writeLines(messages.join('\n'))
  }
}

function noticeOf(dropped: number): string {
  return `[${dropped} ${dropped === 1 ? 'message was' : 'messages were'} dropped: they came faster than they were read.]`
}
