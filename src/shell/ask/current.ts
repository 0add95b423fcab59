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
  /** A question is under way, or whoever has asked it has yet to be told the answer. */
  open = false

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
    this.open = true
    void question.answer.then(nothing, nothing).then(() => this.#over(question))
    this.#console.read(question)
    return question.answer
  }

  /** Whoever has asked has been told, and may have asked something else. */
  #over(question: Question<any>): void {
    if (question !== this.#question) return
    this.open = false
    this.#console.run()
  }

  /** Nothing is read for the question any more: it rejects, if it has not been answered. */
  fail(reason: Error): void {
    this.#question?.fail(reason)
  }
}

function nothing(): void {}

const VISIBLE = 'Your terminal will show what you type.'
