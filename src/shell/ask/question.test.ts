import { expect, it } from 'vitest'
import { EMACS } from '../../editor/keys/emacs.ts'
import { LineQuestion } from './question.ts'

it.each([
  [{}, true],
  [{ echo: true }, true],
  [{ echo: false }, false],
])('the line that %j asks for has a cache of its boundaries: %s', (options, cached) => {
  const { editor } = new LineQuestion('', options, { keyMap: EMACS, maxInput: 1000 })
  editor.begin()
  expect(editor.line.boundaries !== undefined).toBe(cached)
})
