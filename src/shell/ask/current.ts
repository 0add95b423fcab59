import type { Terminal } from '../../core/connection.ts'
import type { Console } from '../line/console.ts'
import type { AskingSession, Question } from './question.ts'

/** Who is asked, and at what kind of terminal. */
interface AskedUser {
  /** Of the session. */
  readonly id: string
  readonly interactive: boolean
  readonly terminal: Pick<Terminal, 'canHide'>
}

/** What a session asks its user besides its prompt: one question at a time. */
export class CurrentQuestion {
  readonly #console: Console
  readonly #user: AskedUser
  readonly #asker: AskingSession
  #question: Question<any> | undefined

  constructor(console: Console, user: AskedUser, later: AskingSession['later']) {
    this.#console = console
    this.#user = user
    this.#asker = { session: user.id, later }
  }

  /** While nothing else is read. */
  ask<Answer>(question: Question<Answer>): Promise<Answer> {
    question.asker = this.#asker
    if (question.hidden && this.#user.interactive && !this.#user.terminal.canHide) this.#console.writeLines(VISIBLE)
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
