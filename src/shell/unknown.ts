import { helpFor, unknownCommand } from './help.ts'
import type { CommandText } from './help.ts'
import { sentence } from './sentence.ts'
import { visible } from './visible.ts'

/** What a user is told of words that name no command: what the group that they name holds, or the name that was likely meant. */
export function unknownText(commands: readonly CommandText[], words: readonly string[]): string {
  const depth = groupDepth(commands, words)
  const group = words.slice(0, depth).join(' ')
  if (depth > 0 && depth === words.length) return `'${visible(group)}' needs another word:\n${helpFor(commands, group)}`
  const text = sentence(unknownCommand(commands, words.slice(0, depth + 1).join(' ')))
  return text.endsWith('?') ? text : `${text} Type 'help' for a list of commands.`
}

/** How many of the first words begin the name of a command. */
function groupDepth(commands: readonly CommandText[], words: readonly string[]): number {
  for (let depth = words.length; depth > 0; depth--) {
    const group = `${words.slice(0, depth).join(' ').toLowerCase()} `
    if (commands.some(({ names, hidden }) => !hidden && names.some(name => name.toLowerCase().startsWith(group))))
      return depth
  }
  return 0
}
