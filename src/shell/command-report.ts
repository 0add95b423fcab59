import type { Clock } from '../core/clock.ts'
import type { Observer } from '../core/events.ts'
import type { SessionFacts } from './facts.ts'
import type { RunningCommand } from './invocation.ts'

/** Reports the commands of one session, one after the other, to whoever wants to hear of them. Where nobody does, it reads no clock. */
export class CommandReport {
  readonly #observer: Observer | undefined
  readonly #facts: SessionFacts
  readonly #clock: Clock
  #begun: number | undefined

  constructor(observer: Observer | undefined, facts: SessionFacts, clock: Clock) {
    this.#observer = observer
    this.#facts = facts
    this.#clock = clock
  }

  begin(): void {
    const wanted = this.#observer !== undefined && this.#observer.commands !== 'no'
    this.#begun = wanted ? this.#clock.now() : undefined
  }

  end({ name: command, words }: RunningCommand, status: number): void {
    if (this.#begun === undefined) return
    const duration = this.#clock.now() - this.#begun
    this.#begun = undefined
    const { id: session, name } = this.#facts
    const withWords = this.#observer?.commands === 'words'
    this.#observer?.report({
      type: 'command',
      session,
      name,
      command,
      ...(withWords && { words }),
      status,
      duration,
    })
  }
}
