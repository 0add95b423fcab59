import { AnswerbackError } from '../../core/options/errors.ts'
import { SafeText } from '../../core/text/safe-text.ts'
import type { LoopHost } from './loop-host.ts'
import { DEFAULT_PROMPT } from '../settings/options.ts'
import type { ShellSettings } from '../settings/options.ts'

/**
 * Returns the prompt for the next line, made by a function. An error of that function does not end
 * the session.
 */
export function promptText(
  prompt: Exclude<ShellSettings['prompt'], string>,
  host: Pick<LoopHost, 'session' | 'reportFault'>,
): string {
  try {
    return textOf(prompt(host.session))
  } catch (error) {
    host.reportFault(error)
    return DEFAULT_PROMPT
  }
}

/** Without types, a program may have written an asynchronous function. */
function textOf(answer: unknown): string {
  if (typeof answer === 'string' || answer instanceof SafeText) return String(answer)
  throw new AnswerbackError('OPTION', {
    option: 'prompt',
    value: typeof answer,
    way: 'a function answers a string, at once',
  })
}
