import type { CommandText } from './help.ts'

/** One name of a command, in its words: as declared, and in lower case, by which it is found. */
export interface NameWords {
  readonly words: readonly string[]
  readonly lower: readonly string[]
}

/**
 * All names of a command. Taken apart once, because each Tab and each name that is not known goes
 * through those of all commands.
 */
export function nameWords(command: CommandText): readonly NameWords[] {
  let names = APART.get(command)
  if (names === undefined) APART.set(command, (names = command.names.map(apart)))
  return names
}

const APART: WeakMap<CommandText, readonly NameWords[]> = new WeakMap()

function apart(name: string): NameWords {
  return { words: name.split(' '), lower: inLowerCase(name).split(' ') }
}

/** Names are found in any case. */
export function inLowerCase(name: string): string {
  return name.toLowerCase()
}
