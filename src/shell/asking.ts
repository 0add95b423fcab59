import type { Console } from './console.ts'
import type { SessionFacts } from './facts.ts'
import type { Later } from './later.ts'
import type { AskingSession, Question } from './question.ts'

/** What a session asks its user besides its prompt: one question at a time. */
export class Asking {
  readonly #console: Console
  readonly #facts: Readonly<SessionFacts>
  readonly #asker: AskingSession
  #question: Question<any> | undefined

  constructor(console: Console, facts: Readonly<SessionFacts>, later: Later) {
    this.#console = console
    this.#facts = facts
    this.#asker = { session: facts.id, later }
  }

  /** While nothing else is read. */
  ask<Answer>(question: Question<Answer>): Promise<Answer> {
    question.asker = this.#asker
    if (question.hidden && this.#facts.interactive && !this.#facts.terminal.canHide) this.#console.writeLines(VISIBLE)
    this.#question = question
    this.#console.read(question)
    return question.answer
  }

  /** Nothing is read for the question any more: it rejects, if it has not been answered. */
  fail(reason: Error): void {
    this.#question?.fail(reason)
  }

  /** Calls `then` when the question is over, if there is one. */
  whenOver(then: () => void): void {
    if (this.#question === undefined || this.#question !== this.#console.request) return
    void this.#question.answer.then(then, then)
  }
}

const VISIBLE = 'Your terminal will show what you type.'
