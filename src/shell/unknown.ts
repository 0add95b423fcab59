import { nearest } from '../core/nearest.ts'
import { helpFor } from './help.ts'
import type { CommandText } from './help.ts'
import { quoted } from './visible.ts'

/** What a user is told of words that name no command: what the group that they name holds, or the name that was likely meant, or where to look. */
export function unknownText(commands: readonly CommandText[], words: readonly string[]): string {
  const names = commands.filter(({ hidden }) => !hidden).flatMap(command => command.names)
  const depth = groupDepth(names, words)
  const group = words.slice(0, depth).join(' ')
  if (depth > 0 && depth === words.length) return `${quoted(group)} needs another word:\n${helpFor(commands, group)}`
  const near = nearest(words[depth] ?? '', nextWords(names, depth, group))
  const unknown = `Unknown command ${quoted(words.slice(0, depth + 1).join(' '))}.`
  if (near !== undefined) return `${unknown} Did you mean ${quoted(group === '' ? near : `${group} ${near}`)}?`
  return names.includes('help')
    ? `${unknown} Type ${quoted(`help ${group}`.trimEnd())} for a list of commands.`
    : unknown
}

/** How many of the first words begin the name of a command. */
function groupDepth(names: readonly string[], words: readonly string[]): number {
  for (let depth = words.length; depth > 0; depth--) {
    if (names.some(name => isIn(name, words.slice(0, depth).join(' ')))) return depth
  }
  return 0
}

/** The words that may follow those of a group. */
function nextWords(names: readonly string[], depth: number, group: string): string[] {
  return names.filter(name => depth === 0 || isIn(name, group)).map(name => name.split(' ')[depth] as string)
}

function isIn(name: string, group: string): boolean {
  return name.toLowerCase().startsWith(`${group.toLowerCase()} `)
}
