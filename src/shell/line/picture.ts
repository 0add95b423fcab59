import type { Picture } from '../../terminal/layout.ts'
import type { ReadRequest } from './request.ts'

/**
 * What is to be seen of a line. `mark` stands behind it when it is over; `undefined`: it is not.
 */
export function pictureOf(request: ReadRequest, mark: string | undefined): Picture {
  const { editor, hidden, below, continuation, assist } = request
  const text = (hidden ? '' : editor.text) + (mark ?? '')
  const cursor = hidden || mark ? text.length : editor.cursor
  const searching = editor.prompt
  const prompt = searching === undefined ? request.prompt : searchPrompt(searching, request.prompt)
  const picture = continuation === undefined ? { prompt, text, cursor } : { prompt, text, cursor, continuation }
  // In a search the text is a find.
  if (assist !== undefined && !hidden && searching === undefined) return assist.decorate(picture, mark !== undefined)
  return below && mark === undefined ? { ...picture, below } : picture
}

/** In a search the prompt is Readline's own. A colon stands behind the last line of the line's. */
function searchPrompt(searching: string, prompt: string): string {
  return searching === ':' ? `${prompt.slice(prompt.lastIndexOf('\n') + 1)}:` : searching
}
