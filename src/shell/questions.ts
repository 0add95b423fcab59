import type { Session } from './session.ts'

/** A question: what to ask, and what to make of the answer. `undefined`: it is no answer, ask again. */
export interface Question<Answer> {
  readonly prompt: string
  /** Said before the question is asked again. */
  readonly hint: string
  read(line: string): Answer | undefined
}

/** Asks until there is an answer. */
export async function answerOf<Answer>(session: Session<any, any>, question: Question<Answer>): Promise<Answer> {
  for (;;) {
    const line = await session.readLine({ prompt: question.prompt, history: false })
    const answer = question.read(line.trim())
    if (answer !== undefined) return answer
    await session.writeError(question.hint)
  }
}

export function yesOrNo(question: string, byDefault?: boolean): Question<boolean> {
  const choices = byDefault === undefined ? 'y/n' : byDefault ? 'Y/n' : 'y/N'
  return {
    prompt: `${question} [${choices}] `,
    hint: 'Please answer yes or no.',
    read: line => (line === '' ? byDefault : YES_OR_NO[line.toLowerCase()]),
  }
}

const YES_OR_NO: Readonly<Record<string, boolean>> = Object.assign(Object.create(null) as object, { y: true, yes: true, n: false, no: false })
