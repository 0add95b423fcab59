import type { Key } from '../../terminal/key.ts'

/**
 * The keys that have an effect while the peer's side edits. They were typed before it was known
 * which side does, or are what telnet's EC and EL mean.
 */
export const LINE_MODE_KEYS: ReadonlySet<Key> = new Set(['Enter', 'C-j', 'Backspace', 'C-c', 'C-d', 'C-u'])

/** The keys that end a line and leave it as it was. */
export const ENTERS: ReadonlySet<Key> = new Set(['Enter', 'C-j'])

/** The keys that take a suggestion, since at the end of a line they have nothing to move over. */
export const FORWARD: ReadonlySet<Key> = new Set(['Right', 'C-f', 'End', 'C-e'])
