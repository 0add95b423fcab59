import type { Terminal } from '../../core/connection.ts'
import type { Console } from '../line/console.ts'
import type { AskingSession, Question } from './question.ts'

/** What a question needs of the asked user: the session and its terminal. */
interface AskedUser {
  /** The session's id. */
  readonly id: string
  readonly interactive: boolean
  readonly terminal: Pick<Terminal, 'canHide'>
}

/** The question that a session asks its user besides the prompt: one at a time. */
export class CurrentQuestion {
  readonly #console: Console
  readonly #user: AskedUser
  readonly #asker: AskingSession
  #question: Question<any> | undefined
  /** Whether a question is in progress, or its asker still waits for the answer's promise. */
  open = false

  constructor(console: Console, user: AskedUser, later: AskingSession['later']) {
    this.#console = console
    this.#user = user
    this.#asker = { session: user.id, later }
  }

  /** Asks a question, while nothing else is read. */
  ask<Answer>(question: Question<Answer>): Promise<Answer> {
    question.asker = this.#asker
    if (question.hidden && this.#user.interactive && !this.#user.terminal.canHide) this.#console.writeLines(VISIBLE)
    this.#question = question
    this.open = true
    void question.answer.then(nothing, nothing).then(() => this.#over(question))
    this.#console.read(question)
    return question.answer
  }

  /** Runs when the asker has the answer, and may have asked another question. */
  #over(question: Question<any>): void {
    if (question !== this.#question) return
    this.open = false
    this.#console.run()
  }

  /** Rejects the question, unless it was answered: no more input is read for it. */
  fail(reason: Error): void {
    this.#question?.fail(reason)
  }
}

function nothing(): void {}

const VISIBLE = 'Your terminal will show what you type.'
