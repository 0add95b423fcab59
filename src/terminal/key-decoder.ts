import { nextControl } from './printable.ts'
import { CONTROL_KEYS } from './key.ts'
import type { Key } from './key.ts'
import type { KeySink } from './key-sink.ts'
import { isCharacter, isRxvtShift, keyOfCsi, keyOfSs3, META_KEYS } from './key-sequence.ts'

/**
 * How long a lone Escape may begin a sequence: networks split the two, people do not type so fast.
 */
export const ESCAPE_MS = 50
/** How long the decoder waits for the rest of a sequence. */
export const SEQUENCE_MS = 1000
/** How long a paste may be silent before its end counts as lost. */
export const PASTE_MS = 10_000

/** Longer parameters belong to no key. They are read to their end and not kept. */
const MAX_PARAMETER_CHARS = 32

const PASTE_END = '\x1b[201~'

/**
 * ground ─ESC→ escape ─[→ csi ─final→ ground, and likewise ss3. A string sequence (OSC, DCS, APC,
 * PM, SOS) is read to its end and discarded. The source is ECMA-48, with two deviations. Any
 * control character within a sequence ends it and is itself a key, so that a stray introducer
 * cannot swallow Enter. 8-bit C1 controls count as their 7-bit forms, or as nothing.
 */
type DecoderState = 'ground' | 'escape' | 'csi' | 'ss3' | 'mouse' | 'introducer' | 'string' | 'string-escape' | 'paste'

/**
 * Decodes a terminal's input into keys. Any split of the input gives the same keys. It has no timer
 * of its own: see `patience`.
 */
export class KeyDecoder {
  /**
   * Milliseconds after the last `feed` at which to call `expire`, unless more input has come; 0 for
   * never.
   */
  patience = 0
  #state: DecoderState = 'ground'
  /** Whether a Meta prefix precedes what is being read, or what comes next. */
  #meta = false
  /**
   * The parameters so far, the introducer of a string, or, in a paste, the possible beginning of
   * its end.
   */
  #held = ''
  /** The bytes of a mouse report (X10) still to come. */
  #skip = 0
  #going = true

  /**
   * Reads `text` from `from` on. Returns the index after the last character consumed: less than the
   * length only if the sink returned `false`.
   */
  feed(text: string, from: number, sink: KeySink): number {
    this.#going = true
    let index = from
    while (index < text.length && this.#going)
      index = this.#state === 'ground' && !this.#meta ? this.#ground(text, index, sink) : this.#step(text, index, sink)
    this.patience = PATIENCE[this.#state]
    return index
  }

  /** Whether the decoder is at ground: no unfinished sequence, and no Meta prefix. */
  get ready(): boolean {
    return this.#state === 'ground' && !this.#meta
  }

  /**
   * Ends the wait. A lone Escape is the key `Escape`, and, as in Readline, stays a Meta prefix for
   * what follows. So an unbound `Escape` is to be ignored silently. Two are `M-Escape`; any other
   * unfinished sequence is dropped.
   */
  expire(sink: KeySink): void {
    const [state, meta, held] = [this.#state, this.#meta, this.#held]
    this.drop()
    if (state === 'escape') {
      this.#meta = !meta
      sink.key(meta ? 'M-Escape' : 'Escape')
    } else if (state === 'introducer') {
      sink.key(META_KEYS[held.charCodeAt(0)]!)
    } else if (state === 'paste') {
      sink.paste?.(held, true)
    }
  }

  /** Drops an unfinished sequence. */
  drop(): void {
    this.#state = 'ground'
    this.patience = 0
    this.#meta = false
    this.#held = ''
  }

  #step(text: string, index: number, sink: KeySink): number {
    const code = text.charCodeAt(index)
    switch (this.#state) {
      case 'ground':
        return this.#prefixed(code, index, sink)
      case 'escape':
        return this.#escape(code, index, sink)
      case 'csi':
        return this.#csi(code, index, sink)
      case 'ss3':
        return this.#ss3(code, index, sink)
      case 'mouse':
        return this.#mouse(code, index)
      case 'introducer':
        this.#state = 'string'
        return index
      case 'string':
        return this.#string(text, index)
      case 'string-escape':
        return this.#stringEscape(code, index)
      default:
        return this.#paste(text, index, sink)
    }
  }

  #ground(text: string, index: number, sink: KeySink): number {
    const end = nextControl(text, index)
    if (end > index) {
      this.#going = sink.text(text.slice(index, end))
      return end
    }
    const code = text.charCodeAt(index)
    if (code >= 0x80) this.#introduceC1(code)
    else if (code === 0x1b) this.#state = 'escape'
    else this.#going = sink.key(CONTROL_KEYS[code] ?? 'Backspace')
    return index + 1
  }

  /**
   * Reads the character after a Meta prefix. Above U+FFFF there are no Meta keys: the prefix is
   * dropped. A character that could continue an arrow or the like does so. Networks and clients
   * (C-Kermit) may separate ESC from the rest for longer than `ESCAPE_MS`, and `M-[` and `M-O` are
   * no keys.
   */
  #prefixed(code: number, index: number, sink: KeySink): number {
    if (code === 0x5b || code === 0x4f) {
      this.drop()
      this.#introduce(code)
      return index + 1
    }
    if (code === 0x1b) {
      this.#state = 'escape'
      return index + 1
    }
    this.drop()
    if ((code >= 0x80 && code < 0xa0) || (code & 0xf800) === 0xd800) return index
    this.#going = sink.key(META_KEYS[code] ?? `M-${String.fromCharCode(code)}`)
    return index + 1
  }

  #escape(code: number, index: number, sink: KeySink): number {
    if (code < 0x80 && this.#introduce(code)) return index + 1
    if (!this.#meta) {
      this.#meta = true
      if (code === 0x1b) return index + 1
      this.#state = 'ground'
      return index
    }
    this.drop()
    this.#going = sink.key('M-Escape')
    return index
  }

  /**
   * Begins the sequence that ESC and this character introduce; returns `false` if they introduce
   * none.
   */
  #introduce(code: number): boolean {
    const state = INTRODUCERS.get(code)
    if (state === undefined) return false
    this.#state = state
    this.#held = state === 'introducer' ? String.fromCharCode(code) : ''
    return true
  }

  /** Begins the sequence of a C1 control. No keyboard sends these, so a string begins at once. */
  #introduceC1(code: number): void {
    this.#introduce(code - 0x40)
    if (this.#state === 'introducer') this.#state = 'string'
  }

  #csi(code: number, index: number, sink: KeySink): number {
    if (code < 0x20 || code > 0x7e) return this.#abandon(index)
    const character = String.fromCharCode(code)
    const more =
      code < 0x40 ? this.#held !== '[' && !isRxvtShift(code, this.#held) : character === '[' && this.#held === ''
    if (more) {
      if (this.#held.length < MAX_PARAMETER_CHARS) this.#held += character
      return index + 1
    }
    const [parameters, meta] = [this.#held, this.#meta]
    this.drop()
    if (character === 'M' && parameters === '') this.#expectMouse()
    else if (parameters === '200' && character === '~' && sink.paste) this.#state = 'paste'
    else this.#deliver(keyOfCsi(parameters, character, meta), `[${parameters}${character}`, meta, sink)
    return index + 1
  }

  #ss3(code: number, index: number, sink: KeySink): number {
    if (code < 0x20 || code > 0x7e) return this.#abandon(index)
    const character = String.fromCharCode(code)
    if (this.#held === '' && character >= '2' && character <= '9') {
      this.#held = character
      return index + 1
    }
    const [modifier, meta] = [this.#held, this.#meta]
    this.drop()
    this.#deliver(keyOfSs3(modifier, character, meta), `O${modifier}${character}`, meta, sink)
    return index + 1
  }

  #deliver(key: Key | undefined, body: string, meta: boolean, sink: KeySink): void {
    if (key === undefined) return
    this.#going = isCharacter(key) ? sink.text(key) : sink.key(key, `${meta ? '\x1b' : ''}\x1b${body}`)
  }

  #expectMouse(): void {
    this.#state = 'mouse'
    this.#skip = 3
  }

  #mouse(code: number, index: number): number {
    if (code < 0x20) return this.#abandon(index)
    if (--this.#skip === 0) this.drop()
    return index + 1
  }

  #string(text: string, index: number): number {
    const end = nextControl(text, index)
    const code = text.charCodeAt(end)
    if (end === text.length) return end
    if (code === 0x1b) this.#state = 'string-escape'
    else this.drop()
    return code === 0x07 || code === 0x1b || code === 0x9c ? end + 1 : end
  }

  #stringEscape(code: number, index: number): number {
    this.drop()
    if (code === 0x5c) return index + 1
    this.#state = 'escape'
    return index
  }

  #paste(text: string, index: number, sink: KeySink): number {
    if (sink.paste === undefined) return this.#abandon(index)
    const before = this.#held.length
    const data = this.#held + text.slice(index)
    const end = data.indexOf(PASTE_END)
    if (end >= 0) {
      this.drop()
      this.#going = sink.paste(data.slice(0, end), true)
      return index + end + PASTE_END.length - before
    }
    this.#held = beginningOfPasteEnd(data)
    if (data.length > this.#held.length) this.#going = sink.paste(data.slice(0, data.length - this.#held.length), false)
    return text.length
  }

  #abandon(index: number): number {
    this.drop()
    return index
  }
}

const PATIENCE: Readonly<Record<DecoderState, number>> = {
  ground: 0,
  escape: ESCAPE_MS,
  csi: SEQUENCE_MS,
  ss3: SEQUENCE_MS,
  mouse: SEQUENCE_MS,
  introducer: ESCAPE_MS, // it may be a typed M-_ or M-^
  string: SEQUENCE_MS,
  'string-escape': SEQUENCE_MS,
  paste: PASTE_MS,
}

/** The state after ESC and one of these; with 0x40 added, after their C1 forms. */
const INTRODUCERS: ReadonlyMap<number, DecoderState> = new Map<number, DecoderState>([
  [0x5b, 'csi'], // [
  [0x4f, 'ss3'], // O
  [0x50, 'introducer'], // P: DCS
  [0x58, 'introducer'], // X: SOS
  [0x5d, 'introducer'], // ]: OSC
  [0x5e, 'introducer'], // ^: PM
  [0x5f, 'introducer'], // _: APC
])

/** Returns the end of `data` that may be the beginning of `PASTE_END`. */
function beginningOfPasteEnd(data: string): string {
  for (let length = Math.min(PASTE_END.length - 1, data.length); length > 0; length--) {
    if (data.endsWith(PASTE_END.slice(0, length))) return PASTE_END.slice(0, length)
  }
  return ''
}
