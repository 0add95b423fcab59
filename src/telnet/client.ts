import { isMudClient, isTerminal, isWindowsTelnet } from './clients.ts'
import type { Variable } from './options/environ.ts'

/**
 * Rounds of TTYPE. A client that names itself and its terminal and speaks MTTS needs three or four.
 */
export const MOST_TERMINAL_TYPES = 8

/**
 * Bits of the MUD Terminal Type Standard (https://tintin.mudhalla.net/protocols/mtts/) that
 * something here depends on.
 */
const SCREEN_READER = 64

/**
 * What a client says of itself by TTYPE, one name after another: RFC 1091, and the Mud Terminal
 * Type Standard, in which the first name is the client, the second its terminal, the third `MTTS`
 * and a number of bits. Names are asked for until one repeats, an MTTS comes, or there are eight;
 * no other is where the first is a terminal's own, as that of nearly everybody else is: a question
 * and its answer less for each of them.
 *
 * A MUD client is known by its first name, or by MTTS: only MUD clients speak it. So one with an
 * unknown name is taken for a terminal for two deadlines.
 */
export class Client {
  #names: readonly string[] = NONE
  #mtts: number | undefined
  #asked = 0
  #heard = 0
  #complete = false
  #mud = false

  /** Whether to ask for another name; if so, that is counted. */
  ask(): boolean {
    if (this.#complete || this.#asked === MOST_TERMINAL_TYPES) return false
    this.#asked++
    return true
  }

  /** Takes a name. One that was not asked for is ignored. */
  name(name: string): void {
    if (this.#complete || this.#heard === this.#asked) return
    this.#heard++
    const mtts = /^MTTS (\d{1,9})$/i.exec(name)
    const repeats = this.#names.includes(name)
    this.#complete = mtts !== null || repeats || (!this.known && isTerminal(name))
    if (mtts !== null) this.#mtts = Number(mtts[1])
    else if (!repeats) this.#names = this.#names.concat(name)
    this.#mud = this.#mtts !== undefined || isMudClient(this.#own)
  }

  /** Whether it has named itself at all. */
  get known(): boolean {
    return this.#names.length > 0 || this.#mtts !== undefined
  }

  get mud(): boolean {
    return this.#mud
  }

  /**
   * Whether its names show that it is not Windows telnet, which crashes when asked for its
   * environment.
   */
  get bearsEnvironment(): boolean {
    return this.known && !this.#names.some(isWindowsTelnet)
  }

  /** The terminal's name, lower-case; a MUD client's is the second. Empty where there is none. */
  get type(): string {
    return ((this.mud ? this.#names[1] : undefined) ?? this.#own).toLowerCase()
  }

  /**
   * Whether it says that character mode begins, on lines of its own below our prompt: busybox does.
   * It is known by a terminal type in lower case, since all others that were tried send it in upper
   * case, as RFC 1091 has it.
   */
  get announcesMode(): boolean {
    return !this.mud && LOWER_CASE.test(this.#own)
  }

  get screenReader(): boolean {
    return ((this.#mtts ?? 0) & SCREEN_READER) !== 0
  }

  /** What belongs in the environment, under the names of the Mud New-Environ Standard. */
  get variables(): readonly Variable[] {
    if (!this.mud) return []
    const name: Variable = { name: 'CLIENT_NAME', value: this.#own }
    return this.#mtts === undefined ? [name] : [name, { name: 'MTTS', value: String(this.#mtts) }]
  }

  get #own(): string {
    return this.#names[0] ?? ''
  }
}

const NONE: readonly string[] = []

const LOWER_CASE = /^[^A-Z]*[a-z][^A-Z]*$/
