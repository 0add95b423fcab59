import type { Editor } from '../../editor/editor.ts'

/**
 * The part of an editor that its reader needs. An editor that leaves text unread, after an end or a
 * request, keeps it in `unread`. Without `enter`, a line is read key by key.
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
