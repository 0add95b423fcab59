import { AnswerbackError } from '../../core/options/errors.ts'
import type { Command } from './command.ts'
import type { CommandText } from './help.ts'

/**
 * The commands of a shell, by the words of their names. They are a tree: `user add` and
 * `user remove` are under `user`. An alias is a second way to the same node. Case does not matter.
 * A search costs one look-up for each word, however many commands there are.
 */
export class Registry {
  readonly #root: Node = { names: new Map(), depth: 0 }
  #list: readonly ListedCommand[] | undefined
  #byFirstWord: Map<string, ListedCommand[]> | undefined

  /**
   * Adds a command under all its names. It replaces a command of the same name that is
   * `replaceable`; any other is an error, which leaves the registry as it was.
   */
  add(command: Command): void {
    const { words } = command.usage
    const taken = takenName(this.#root, words)
    if (taken !== undefined) throw new AnswerbackError('COMMAND_TWICE', { name: taken })
    this.#list = this.#byFirstWord = undefined
    const place = words.reduce((node, aliases, i) => this.#descend(node, aliases, i === words.length - 1), this.#root)
    place.found = { command, taken: place.depth }
  }

  /**
   * Removes a name: `remove('bye')` leaves the other names of the same command. Returns whether the
   * name existed.
   */
  remove(name: string): boolean {
    this.#list = this.#byFirstWord = undefined
    const words = name.trim().toLowerCase().split(/ +/)
    const last = words.pop() as string
    let node: Node | undefined = this.#root
    for (const word of words) node = node?.names.get(word)?.node
    return node?.names.delete(last) ?? false
  }

  /**
   * Returns the command with the longest name that the words begin with. If `shorterThan` is given,
   * only names of fewer words count.
   */
  find(words: readonly string[], shorterThan: number = Infinity): FoundCommand | undefined {
    const longest = Math.min(words.length, shorterThan - 1)
    let node: Node | undefined = this.#root
    let found: FoundCommand | undefined
    for (let i = 0; i < longest; i++) {
      node = node.names.get((words[i] as string).toLowerCase())?.node
      if (node === undefined) break
      found = node.found ?? found
      if (node.names.size === 0) break
    }
    return found
  }

  /**
   * Returns every command with all its names, in no particular order. With a word, only commands
   * with a name whose first word it is, for one look-up, however many there are. Cached until the
   * registry changes.
   */
  list(word?: string): readonly ListedCommand[] {
    this.#list ??= listCommands(this.#root)
    if (word === undefined) return this.#list
    this.#byFirstWord ??= byFirstWord(this.#list)
    return this.#byFirstWord.get(word.toLowerCase()) ?? []
  }

  /** Returns the node of a word of a usage text; from now on its aliases lead there as well. */
  #descend(from: Node, aliases: readonly string[], last: boolean): Node {
    const [place] = bearersOf(from, aliases, last)
    const node: Node = place?.node ?? { names: new Map(), depth: from.depth + 1 }
    for (const name of aliases) from.names.set(name.toLowerCase(), { name, node })
    return node
  }
}

export interface FoundCommand {
  readonly command: Command
  /** How many words the name has. */
  readonly taken: number
}

/** A command, and its names as declared, with a blank between words; the first is the name. */
export type ListedCommand = Command & CommandText

interface Node {
  /** By name in lower case: the name as declared, and its node. */
  readonly names: Map<string, { readonly name: string; readonly node: Node }>
  /** How many words lead to this node. */
  readonly depth: number
  found?: FoundCommand
}

/**
 * Returns those aliases of a word that the registry has already, with their nodes. As a last word,
 * a name that only a replaceable command has does not count.
 */
function bearersOf(from: Node, aliases: readonly string[], last: boolean): { alias: string; node: Node }[] {
  const known = aliases.flatMap(alias => {
    const node = from.names.get(alias.toLowerCase())?.node
    return node === undefined ? [] : { alias, node }
  })
  // The new command takes a name from a replaceable command, which keeps its other names.
  return known.filter(({ node }) => !last || !isReplaceable(node))
}

/**
 * Returns the name of these words that another command has; `undefined` if there is none. Of two
 * names that lead to different nodes, returns one of a command, or else the second.
 */
function takenName(root: Node, words: readonly (readonly string[])[]): string | undefined {
  let from = root
  let path = ''
  for (const [i, aliases] of words.entries()) {
    const last = i === words.length - 1
    const bearers = bearersOf(from, aliases, last)
    const taken = last ? bearers.find(({ node }) => node.found?.command.replaceable === false) : undefined
    const clash = taken ?? bearers.find(({ node }) => node !== bearers[0]?.node)
    if (clash !== undefined) return path + clash.alias
    const [bearer] = bearers
    if (bearer === undefined) return undefined
    from = bearer.node
    path += `${bearer.alias} `
  }
  return undefined
}

function isReplaceable(node: Node): boolean {
  return node.found?.command.replaceable === true && node.names.size === 0
}

function listCommands(root: Node): ListedCommand[] {
  const names = new Map<Command, string[]>()
  collect(root, '', names)
  return Array.from(names, ([command, names]) => ({ ...command, names }))
}

function collect(node: Node, prefix: string, into: Map<Command, string[]>): void {
  for (const entry of node.names.values()) {
    const name = prefix + entry.name
    const command = entry.node.found?.command
    if (command) {
      const names = into.get(command)
      if (names) names.push(name)
      else into.set(command, [name])
    }
    collect(entry.node, `${name} `, into)
  }
}

function byFirstWord(commands: readonly ListedCommand[]): Map<string, ListedCommand[]> {
  const by = new Map<string, ListedCommand[]>()
  for (const command of commands) {
    for (const word of new Set(command.names.map(name => name.split(' ', 1).join('').toLowerCase()))) {
      const there = by.get(word)
      if (there) there.push(command)
      else by.set(word, [command])
    }
  }
  return by
}
