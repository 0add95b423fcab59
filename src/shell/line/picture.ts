import type { Picture } from '../../terminal/layout.ts'
import type { ReadRequest } from './request.ts'

/** What is to be seen of a line. `mark` stands behind it when it is over; `undefined`: it is not. */
export function pictureOf(request: ReadRequest, mark: string | undefined): Picture {
  const { editor, hidden, below, continuation, aids } = request
  const text = (hidden ? '' : editor.text) + (mark ?? '')
  const cursor = hidden || mark ? text.length : editor.cursor
  const prompt = promptOf(request)
  const picture = continuation === undefined ? { prompt, text, cursor } : { prompt, text, cursor, continuation }
  // In a search the prompt is Readline's own, and the text a find.
  if (aids !== undefined && !hidden && editor.prompt === undefined) return aids.dress(picture, mark !== undefined)
  return below && mark === undefined ? { ...picture, below } : picture
}

function promptOf({ editor, prompt }: ReadRequest): string {
  return editor.prompt === ':' ? `${prompt.slice(prompt.lastIndexOf('\n') + 1)}:` : (editor.prompt ?? prompt)
}
