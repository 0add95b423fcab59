import type { Picture } from '../../terminal/layout.ts'
import type { ReadRequest } from './request.ts'

/**
 * Returns the picture of a line. `mark` is shown behind a line that is over; it is `undefined`
 * while the line is read.
 */
export function pictureOf(request: ReadRequest, mark: string | undefined): Picture {
  const { editor, hidden, below, continuation, assist } = request
  const text = (hidden ? '' : editor.text) + (mark ?? '')
  const cursor = hidden || mark ? text.length : editor.cursor
  const searching = editor.prompt
  const prompt = searching === undefined ? request.prompt : searchPrompt(searching, request.prompt)
  const picture = continuation === undefined ? { prompt, text, cursor } : { prompt, text, cursor, continuation }
  // In a search the text is a match.
  if (assist !== undefined && !hidden && searching === undefined) return assist.decorate(picture, mark !== undefined)
  return below && mark === undefined ? { ...picture, below } : picture
}

/**
 * Returns the prompt of a search: Readline's own, or for `:` the last line of the line's prompt,
 * with a colon.
 */
function searchPrompt(searching: string, prompt: string): string {
  return searching === ':' ? `${prompt.slice(prompt.lastIndexOf('\n') + 1)}:` : searching
}
