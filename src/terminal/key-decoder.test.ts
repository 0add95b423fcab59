import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ESCAPE_MS, KeyDecoder, PASTE_MS, SEQUENCE_MS } from './key-decoder.ts'
import type { KeySink } from './key-sink.ts'
import { knownKeys, sequenceOf } from './key.ts'

/**
 * Records its calls: text as it is, keys in angle brackets, pastes in square ones. Adjacent runs
 * are one.
 */
class Recorder implements KeySink {
  readonly calls: string[] = []
  #texting = false

  get record(): string {
    return this.calls.join('').replaceAll('⟧⟦', '').replaceAll('⟦', '[').replaceAll('⟧', ']')
  }
  text(run: string): boolean {
    if (this.#texting) this.calls.push(this.calls.pop()! + run)
    else this.calls.push(run)
    return (this.#texting = true)
  }
  key(key: string): boolean {
    this.calls.push(`<${key}>`)
    this.#texting = false
    return true
  }
  paste(text: string, end: boolean): boolean {
    this.calls.push(`⟦${text}${end ? '$' : ''}⟧`)
    this.#texting = false
    return true
  }
}

/** Returns the record of `input` fed in pieces of `size`, followed by silence. */
function decode(input: string, size = input.length): string {
  const [decoder, recorder] = [new KeyDecoder(), new Recorder()]
  for (let at = 0; at < input.length; at += size) {
    expect(decoder.feed(input.slice(at, at + size), 0, recorder)).toBe(Math.min(size, input.length - at))
  }
  if (decoder.patience > 0) decoder.expire(recorder)
  return recorder.record
}

/** Returns the distinct records of `input` over all sizes of pieces. */
function decodeAtEverySplit(input: string): string[] {
  return [...new Set(Array.from({ length: input.length }, (_, index) => decode(input, index + 1)))]
}

it('a key comes with its sequence, as it was sent and in any pieces', () => {
  const sent = ['\x1b[A', '\x1bOA', '\x1b[1;5C', '\x1b\x1b[3~', '\x1bO5D', '\x1b[[A', '\x1b[3$', '\x1bOw']
  const sequences = (size: number): unknown[] => {
    const decoder = new KeyDecoder()
    const found: unknown[] = []
    const sink: KeySink = { text: () => true, key: (_, sequence) => found.push(sequence) > 0 }
    const input = sent.join('')
    for (let at = 0; at < input.length; at += size) decoder.feed(input.slice(at, at + size), 0, sink)
    return found
  }
  for (let size = 1; size <= sent.join('').length; size++) expect(sequences(size)).toEqual(sent)
})

describe('KeyDecoder', () => {
  it.each([
    // text and control characters
    ['hello', 'hello'],
    ['é日本👩‍👩‍👧', 'é日本👩‍👩‍👧'],
    ['a\rb\nc\td', 'a<Enter>b<C-j>c<Tab>d'],
    ['\x7f\x08', '<Backspace><Backspace>'],
    ['\0\x01\x1a\x1c\x1d\x1e\x1f', '<C-@><C-a><C-z><C-\\><C-]><C-^><C-_>'],
    // arrows and their modifiers: xterm, application mode, older xterm, Meta by a second ESC, rxvt,
    // old SS3
    ['\x1b[A\x1b[B\x1b[C\x1b[D', '<Up><Down><Right><Left>'],
    ['\x1bOA\x1bOD', '<Up><Left>'],
    ['\x1b[1;5C\x1b[1;3D\x1b[1;2A\x1b[1;8B', '<C-Right><M-Left><S-Up><M-C-S-Down>'],
    ['\x1b[1;9C\x1b[1;13C\x1b[1;0C\x1b[1;99C', '<M-Right><M-C-Right><Right><Right>'],
    ['\x1b[5C\x1b[2D', '<C-Right><S-Left>'],
    ['\x1b\x1b[C\x1b\x1bOC', '<M-Right><M-Right>'],
    ['\x1bOc\x1bOa\x1b[c\x1b[d', '<C-Right><C-Up><S-Right><S-Left>'],
    ['\x1bO5C\x1bO2P', '<C-Right><S-F1>'],
    // the block of six
    ['\x1b[H\x1bOH\x1b[1~\x1b[7~', '<Home><Home><Home><Home>'],
    ['\x1b[F\x1bOF\x1b[4~\x1b[8~\x1b[K\x1bOw', '<End><End><End><End><End><End>'],
    [
      '\x1b[L\x1b[2~\x1b[@\x1b[3~\x1b[5~\x1b[6~\x1b[V\x1b[U',
      '<Insert><Insert><Insert><Delete><PageUp><PageDown><PageUp><PageDown>',
    ],
    ['\x1b[3;5~\x1b[3;2~\x1b\x1b[3~', '<C-Delete><S-Delete><M-Delete>'],
    ['\x1b[3^\x1b[3$\x1b[3@\x1b[5;5~', '<C-Delete><S-Delete><C-S-Delete><C-PageUp>'],
    // function keys: xterm, PuTTY, the Linux console
    ['\x1bOP\x1b[11~\x1b[[A\x1b[P\x1b[1;2P', '<F1><F1><F1><F1><S-F1>'],
    ['\x1bOR\x1b[13~\x1b[[C\x1b[13;5~', '<F3><F3><F3><C-F3>'],
    ['\x1b[15~\x1b[[E\x1b[17~\x1b[24~\x1b[34~', '<F5><F5><F6><F12><F20>'],
    // PuTTY's VT100+
    ['\x1bOT\x1bOU\x1bOV\x1bOW\x1bOX\x1bOY\x1bOZ\x1bO[', '<F5><F6><F7><F8><F9><F10><F11><F12>'],
    // the keypad in application mode
    ['\x1bOM\x1bOq\x1bOp\x1bOk\x1bOn', '<Enter>10+.'],
    ['\x1b[Z\x1b\x1b[Z', '<S-Tab><M-S-Tab>'],
    // CSI u, and xterm's modifyOtherKeys
    ['\x1b[97;5u\x1b[13;5u\x1b[27;5;9~\x1b[27;2;97~\x1b[97u', '<C-a><C-Enter><C-Tab>Aa'],
    ['\x1b[109;5u\x1b[57358u\x1b[1u\x1b[9999999u', '<Enter>'],
    // Meta
    ['\x1bf\x1bF\x1b.\x1b \x1b0', '<M-f><M-F><M-.><M-Space><M-0>'],
    ['\x1b\x7f\x1b\x08\x1b\r\x1b\t\x1b\0\x1b\x0b', '<M-Backspace><M-Backspace><M-Enter><M-Tab><M-C-@><M-C-k>'],
    ['\x1bé\x1b👍', '<M-é>👍'],
    ['\x1b\x1bf', '<M-Escape>f'],
    ['\x1b\x1b\x1b[A', '<M-Escape><Up>'],
    ['\x1b', '<Escape>'],
    ['\x1b\x1b', '<M-Escape>'],
    ['a\x1b_', 'a<M-_>'],
    ['\x1b]', '<M-]>'],
    // 8-bit controls
    ['\x9bA\x9b1;5C\x8fP\x85\x80a', '<Up><C-Right><F1>a'],
    ['\x1b\x9bA\x9f', '<Up>'],
    // unrequested replies, focus, mouse, unknown sequences
    ['a\x1b[24;80Rb\x1b[1;5Rc', 'abc'],
    ['a\x1b[?62;22cb\x1b[>0;276;0cc\x1b[0n', 'abc'],
    ['a\x1b[Ib\x1b[Oc', 'abc'],
    ['a\x1b[M !!b\x1b[M\xff\xff\xffc', 'abc'],
    ['a\x1b[<0;10;5Mb\x1b[<0;10;5mc\x1b[32;10;5Md', 'abcd'],
    ['a\x1b[99~b\x1b[1;2;3;4zc\x1b[!pd\x1bO!e\x1b[[Zf\x1b[201~', 'abcdef'],
    // string sequences, ended by ST, BEL, C1 ST
    ['a\x1b]11;rgb:0/0/0\x1b\\b\x1bP>|XTerm(390)\x1b\\c', 'abc'],
    ['a\x1b]0;title\x07b\x1b_Gi=1;OK\x1b\\c\x1b^pm\x1b\\d\x1bXsos\x9ce\x9dosc\x07f', 'abcdef'],
    // an unfinished sequence ends at what cannot be part of it, and nothing of it is inserted
    ['\x1b[1;\rx', '<Enter>x'],
    ['\x1b[12\x1b[A', '<Up>'],
    ['\x1b[1é', 'é'],
    ['\x1bO\x03', '<C-c>'],
    ['\x1b]0;title\rx', '<Enter>x'],
    ['\x1b]0;title\x1bfx', '<M-f>x'],
    ['\x1b[M!\rx', '<Enter>x'],
    ['\x1b[1;5', ''],
    ['\x1b]0;title', ''],
    ['\x1b]0;title\x1b', ''],
    // bracketed paste
    ['a\x1b[200~one\rtwo\x1b[A\x03\x1b[201~b', 'a[one\rtwo\x1b[A\x03$]b'],
    ['\x1b[200~\x1b[201~', '[$]'],
    ['\x1b[200~\x1b[201\x1b[201~', '[\x1b[201$]'],
    ['\x1b[200~lost\x1b[2', '[lost\x1b[2$]'],
  ])('reads %j as %s, however it is split', (input, record) => {
    expect(decodeAtEverySplit(input)).toEqual([record])
  })

  it('Backspace (both codes), Home, End, Tab and Delete work from Windows telnet, PuTTY, SyncTERM and MUD clients', () => {
    expect(decode('\x7f\x08\x1b[H\x1b[1~\x1bOH\x1b[K\x1b[4~\t\x1b[3~')).toBe(
      '<Backspace><Backspace><Home><Home><Home><End><End><Tab><Delete>',
    )
  })

  it('reads every known key back under its name', () => {
    for (const { key, sequence } of knownKeys()) expect(decodeAtEverySplit(sequence)).toEqual([`<${key}>`])
    for (const key of ['C-Enter', 'C-Tab', 'M-S-Tab', 'C-S-a', 'M-C-Delete', 'M-C-a', 'M-C-S-Left', 'M-é', 'S-F3']) {
      expect(decodeAtEverySplit(sequenceOf(key))).toEqual([`<${key}>`])
    }
  })

  it('gives a run of text in one call', () => {
    const recorder = new Recorder()
    new KeyDecoder().feed('0123456789'.repeat(1000), 0, recorder)
    expect(recorder.calls).toHaveLength(1)
  })

  it('gives the same for any input at any split', () => {
    const piece = fc.constantFrom(
      'a',
      'é',
      '👍',
      '\x1b',
      '[',
      ']',
      'O',
      '1',
      ';',
      '5',
      '~',
      'C',
      'M',
      '_',
      '\\',
      '\r',
      '\x07',
      '\x9b',
      '\x1b[200~',
      '\x1b[201~',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        const input = pieces.join('')
        expect(decodeAtEverySplit(input).length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a sink that says false', () => {
  it.each([
    ['ab\rcd', 3],
    ['\x1b[A\rcd', 3],
    ['\x1bxcd', 2],
    ['\x1b\x1bcd', 2],
    ['\x1b[200~ab\x1b[201~cd', 14],
    ['\x1bOjcd', 3],
  ])('stops %j right after what it was told', (input, index) => {
    const stubborn: KeySink = { text: run => run === 'ab', key: () => false, paste: () => false }
    const decoder = new KeyDecoder()
    expect(decoder.feed(input, 0, stubborn)).toBe(index)
    expect(decoder.ready).toBe(true)
  })

  it('gets the rest when it asks for it', () => {
    const [decoder, recorder] = [new KeyDecoder(), new Recorder()]
    const input = 'one\rtwo'
    const once: KeySink = { text: () => true, key: () => false }
    expect(decoder.feed(input, decoder.feed(input, 0, once), recorder)).toBe(input.length)
    expect(recorder.record).toBe('two')
  })
})

describe('deadlines', () => {
  it.each([
    ['a', 0],
    ['\x1b', ESCAPE_MS],
    ['\x1b\x1b', ESCAPE_MS],
    ['\x1b_', ESCAPE_MS],
    ['\x1b[', SEQUENCE_MS],
    ['\x1bO', SEQUENCE_MS],
    ['\x1b[M!', SEQUENCE_MS],
    ['\x1b]0;', SEQUENCE_MS],
    ['\x1b[200~', PASTE_MS],
  ])('%j is waited for so long', (input, patience) => {
    const decoder = new KeyDecoder()
    decoder.feed(input, 0, new Recorder())
    expect(decoder.patience).toBe(patience)
    expect(decoder.ready).toBe(patience === 0)
    decoder.expire(new Recorder())
    expect(decoder.patience).toBe(0)
  })

  it.each([
    ['f', '<Escape><M-f>'],
    ['[D', '<Escape><Left>'],
    ['OA', '<Escape><Up>'],
    ['[1;5C', '<Escape><C-Right>'],
    ['[', '<Escape>'],
    ['\x1b[C', '<Escape><M-Right>'],
    ['\x1bf', '<Escape><M-Escape>f'],
    ['\r', '<Escape><M-Enter>'],
    ['👍', '<Escape>👍'],
  ])('a lone Escape stays a Meta prefix: then %j gives %s', (input, record) => {
    const [decoder, recorder] = [new KeyDecoder(), new Recorder()]
    decoder.feed('\x1b', 0, recorder)
    decoder.expire(recorder)
    decoder.feed(input, 0, recorder)
    expect(recorder.record).toBe(record)
  })

  it('drop forgets a Meta prefix and whatever is unfinished', () => {
    const [decoder, recorder] = [new KeyDecoder(), new Recorder()]
    for (const input of ['\x1b', '\x1b[1', '\x1b]x', '\x1b[200~']) {
      decoder.feed(input, 0, recorder)
      decoder.drop()
      decoder.feed('a', 0, recorder)
    }
    expect(recorder.record).toBe('aaaa')
  })
})

describe('endless sequences', () => {
  it.each([
    ['CSI', '\x1b[', '1;', 'C'],
    ['OSC', '\x1b]', 'x', '\x07'],
    ['DCS', '\x1bP', 'é', '\x1b\\'],
  ])('%s of a megabyte inserts nothing, and what comes after it is read', (_, introducer, filling, end) => {
    const [decoder, recorder] = [new KeyDecoder(), new Recorder()]
    for (const piece of [introducer, ...Array.from({ length: 1000 }, () => filling.repeat(1000)), end, 'a']) {
      decoder.feed(piece, 0, recorder)
    }
    expect(recorder.record).toBe('a')
  })

  it('a paste of a megabyte is handed on as it comes', () => {
    const [decoder, recorder] = [new KeyDecoder(), new Recorder()]
    decoder.feed('\x1b[200~', 0, recorder)
    for (let piece = 0; piece < 1000; piece++) decoder.feed('x'.repeat(1000), 0, recorder)
    expect(recorder.calls).toHaveLength(1000)
  })
})

it('a sink without paste gets what is pasted as if it were typed', () => {
  const recorder = new Recorder()
  const plain: KeySink = { text: run => recorder.text(run), key: key => recorder.key(key) }
  new KeyDecoder().feed('\x1b[200~a\rb\x1b[201~', 0, plain)
  expect(recorder.record).toBe('a<Enter>b')

  const decoder = new KeyDecoder()
  decoder.feed('\x1b[200~one ', 0, recorder)
  decoder.feed('two\r\x1b[201~', 0, plain)
  expect(recorder.record).toBe('a<Enter>b[one ]two<Enter>')
})
