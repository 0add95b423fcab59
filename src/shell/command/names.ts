import type { CommandText } from './help.ts'

/** The words of one name of a command: as declared, and in lower case, by which it is found. */
export interface NameWords {
  readonly words: readonly string[]
  readonly lower: readonly string[]
}

/**
 * Returns the words of all names of a command. They are cached, because each Tab and each unknown
 * name reads those of all commands.
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

/** Returns a name in lower case, since names are found in any case. */
export function inLowerCase(name: string): string {
  return name.toLowerCase()
}
