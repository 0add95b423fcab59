import { nearest } from '../../core/text/nearest.ts'
import { helpFor } from './help.ts'
import type { CommandText } from './help.ts'
import { nameWords } from './names.ts'
import type { NameWords } from './names.ts'
import { quoted } from '../../core/text/visible.ts'

/**
 * Returns the error text for words that name no command. It shows the group that the words name, or
 * the name that was likely meant, or how to get help.
 */
export function unknownText(commands: readonly CommandText[], words: readonly string[]): string {
  const names: NameWords[] = []
  for (const command of commands) if (!command.hidden) names.push(...nameWords(command))
  const longest = names.reduce((most, { lower }) => Math.max(most, lower.length), 0)
  // In lower case once, not for each name: 60,000 letters take up to 2 ms.
  const typed = words.slice(0, longest).map(word => word.toLowerCase())
  const depth = names.reduce((most, name) => Math.max(most, depthIn(name, typed)), 0)
  const group = words.slice(0, depth).join(' ')
  if (depth > 0 && depth === words.length) return `${quoted(group)} needs another word:\n${helpFor(commands, group)}`
  const next = names.flatMap(name =>
    depth === 0 || depthIn(name, typed) >= depth ? name.words.slice(depth, depth + 1) : [],
  )
  const near = nearest(words[depth] ?? '', next)
  const unknown = `Unknown command ${quoted(words.slice(0, depth + 1).join(' '))}.`
  if (near !== undefined) return `${unknown} Did you mean ${quoted(group === '' ? near : `${group} ${near}`)}?`
  if (next.length === 0 && depth > 0) return `${unknown} Did you mean ${quoted(group)}?`
  return names.some(name => name.words.length === 1 && name.words[0] === 'help')
    ? `${unknown} Type ${quoted(`help ${group}`.trimEnd())} for a list of commands.`
    : unknown
}

/** Returns how many of the first words, in lower case, are words of a name. */
function depthIn({ lower }: NameWords, typed: readonly string[]): number {
  const last = Math.min(lower.length, typed.length)
  let depth = 0
  while (depth < last && typed[depth] === lower[depth]) depth++
  return depth
}
