import { isMudClient, isTerminal, isWindowsTelnet } from './clients.ts'
import type { Variable } from './options/environ.ts'

/**
 * Rounds of TTYPE. A client that names itself and its terminal and speaks MTTS needs three or four.
 */
export const MOST_TERMINAL_TYPES = 8

/**
 * Bits of the MUD Terminal Type Standard (https://tintin.mudhalla.net/protocols/mtts/) that the
 * server uses.
 */
const SCREEN_READER = 64

/**
 * What a client sends about itself by TTYPE, one name after another: RFC 1091, and the Mud Terminal
 * Type Standard. In the latter the first name is the client, the second its terminal, the third
 * `MTTS` and a number of bits. Names are requested until one repeats, an MTTS comes, or there are
 * eight. After a terminal's own name, which most clients send first, none is requested: that saves
 * a round trip.
 *
 * A MUD client is known by its first name, or by MTTS, which only MUD clients send. So one with an
 * unknown name counts as a terminal for two deadlines.
 */
export class Client {
  #names: readonly string[] = NONE
  #mtts: number | undefined
  #asked = 0
  #heard = 0
  #complete = false
  #mud = false

  /** Returns whether to ask for another name, and counts that. */
  ask(): boolean {
    if (this.#complete || this.#asked === MOST_TERMINAL_TYPES) return false
    this.#asked++
    return true
  }

  /** Records a name. A name that was not requested is ignored. */
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

  /** Whether its names exclude Windows telnet, which crashes when asked for its environment. */
  get bearsEnvironment(): boolean {
    return this.known && !this.#names.some(isWindowsTelnet)
  }

  /** The terminal's name, lower-case; a MUD client's is the second. Empty without a name. */
  get type(): string {
    return ((this.mud ? this.#names[1] : undefined) ?? this.#own).toLowerCase()
  }

  /**
   * Whether it announces character mode on lines of its own below the prompt, as busybox does. It
   * is known by a terminal type in lower case: all other tested clients send upper case, as in RFC
   * 1091.
   */
  get announcesMode(): boolean {
    return !this.mud && LOWER_CASE.test(this.#own)
  }

  get screenReader(): boolean {
    return ((this.#mtts ?? 0) & SCREEN_READER) !== 0
  }

  /**
   * The client's variables for the environment, under the names of the Mud New-Environ Standard.
   */
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
