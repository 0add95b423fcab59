import type { Editor } from '../../editor/editor.ts'

/**
 * An editor, as far as its reader goes. One that leaves text unread, after an end or a request,
 * says so. Without `enter`, each key counts.
 */
export type LineEditor = Pick<Editor, RequiredName> & Partial<Pick<Editor, 'unread' | 'enter'>>

type RequiredName =
  | 'text'
  | 'cursor'
  | 'prompt'
  | 'maxLength'
  | 'overflowed'
  | 'begin'
  | 'insert'
  | 'key'
  | 'paste'
  | 'replace'
