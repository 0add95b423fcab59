import type { Key } from '../../terminal/key.ts'

/**
 * Keys that mean something where the peer's side edits: what was typed before it became known who
 * does, and what telnet's EC and EL stand for.
 */
export const LINE_MODE_KEYS: ReadonlySet<Key> = new Set(['Enter', 'C-j', 'Backspace', 'C-c', 'C-d', 'C-u'])

/** Whatever they end stands there as it was. */
export const ENTERS: ReadonlySet<Key> = new Set(['Enter', 'C-j'])

/** At the end of a line there is nothing for them to move over. */
export const FORWARD: ReadonlySet<Key> = new Set(['Right', 'C-f', 'End', 'C-e'])
