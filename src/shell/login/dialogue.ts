import type { Challenge, Login } from '../../core/authenticator.ts'
import type { Identity } from '../../core/connection.ts'
import { InputEnded, Interrupted } from '../../core/options/errors.ts'
import { unansweredText } from '../ask/question.ts'
import type { Session } from '../session/session.ts'

/** The one message for every failed login, whatever the reason. */
export const REFUSED = 'Login incorrect.'

/**
 * In UTF-16 units. A key costs by the length of its line, and its sender is not yet authenticated.
 */
export const LONGEST_LOGIN_LINE = 4096

/** The prompts of the dialogue. */
export interface LoginPrompts {
  readonly userPrompt: string
  readonly passwordPrompt: string
}

/**
 * Runs the login dialogue of transports without a login of their own. It asks for a name, and for
 * what the shell's methods need after it. Returns the identity, or `undefined` when no further try
 * is allowed. Rejects as `readLine` does when the user leaves. Ctrl-C starts over.
 */
export async function logIn(session: Session, login: Login, prompts: LoginPrompts): Promise<Identity | undefined> {
  for (;;) {
    try {
      const name = await session.readLine(prompts.userPrompt, { history: false })
      const result = await logInAs(name, session, login, prompts)
      if (result !== 'refused') return result
    } catch (error) {
      if (error instanceof InputEnded && error.question) await session.writeError(unansweredText(error.question))
      if (!(error instanceof Interrupted)) throw error
    }
  }
}

/** Tries one name with all methods that are open to it. */
async function logInAs(
  name: string,
  session: Session,
  login: Login,
  prompts: LoginPrompts,
): Promise<Identity | 'refused' | undefined> {
  for (const method of DIALOGUE) {
    if (!login.methods.includes(method)) continue
    const verdict = await login.attempt(
      method === 'name'
        ? { method, name }
        : method === 'password'
          ? { method, name, password: await askSecret(session, prompts.passwordPrompt) }
          : { method, name, ask: challenge => askChallenge(session, challenge) },
    )
    if (verdict.type === 'accepted') return verdict.identity
    if (verdict.type === 'partial') return logInAs(name, session, login, prompts)
    const last = DIALOGUE.findLast(other => verdict.methods.includes(other)) === method
    if (last || verdict.final) await session.writeError(REFUSED)
    if (verdict.final) return undefined
  }
  return 'refused'
}

/** What a dialogue on the screen can ask for, in the order in which it asks. */
export const DIALOGUE = ['name', 'keyboardInteractive', 'password'] as const

async function askChallenge(session: Session, challenge: Challenge): Promise<readonly string[]> {
  for (const line of [challenge.title, challenge.instructions]) {
    // On a pipe, only replies go to the standard output.
    if (line) await (session.interactive ? session.writeLine(line) : session.writeError(line))
  }
  const answers: string[] = []
  for (const { text, echo } of challenge.prompts) {
    answers.push(echo ? await session.readLine(text, { history: false }) : await askSecret(session, text))
  }
  return answers
}

async function askSecret(session: Session, prompt: string): Promise<string> {
  return session.readLine(prompt, { echo: false, history: false })
}
