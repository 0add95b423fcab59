/** What was recorded or is well-formed, to be spoilt; and what must hold however it is. `run` throws where it does not. */
export interface Target {
  readonly name: string
  readonly seeds: readonly Uint8Array[]
  /** `cut`: where to part the input, for what must not depend on it. */
  run(input: Uint8Array, cut: number): void | Promise<void>
}

export interface Tally {
  readonly name: string
  readonly inputs: number
  readonly bytes: number
}

/** An input that broke a target, to be made a case: `seed` and `round` find it again. */
export class Finding extends Error {
  constructor(target: Target, input: Uint8Array, cut: number, cause: unknown) {
    super(`${target.name}, cut at ${cut}: ${Buffer.from(input).toString('hex')}`, { cause })
  }
}

/** Spoils a target's seeds for so many milliseconds, the same way for the same `seed`; throws a `Finding`. */
export async function fuzz(target: Target, ms: number, seed: number): Promise<Tally> {
  const random = randomFrom(seed)
  const end = performance.now() + ms
  let inputs = 0
  let bytes = 0
  do {
    const input = spoilt(pick(target.seeds, random), target.seeds, random)
    const cut = Math.floor(random() * (input.length + 1))
    try {
      await target.run(input, cut)
    } catch (error) {
      throw new Finding(target, input, cut, error)
    }
    inputs += 1
    bytes += input.length
  } while (performance.now() < end)
  return { name: target.name, inputs, bytes }
}

/** One to eight changes: bits, bytes, pieces taken out, doubled, moved in from elsewhere, and what parsers trip over. */
function spoilt(input: Uint8Array, others: readonly Uint8Array[], random: () => number): Uint8Array {
  let bytes = input
  for (let left = 1 + Math.floor(random() * 8); left > 0; left -= 1)
    bytes = pick(CHANGES, random)(bytes, others, random)
  return bytes.length <= LONGEST ? bytes : bytes.subarray(0, LONGEST)
}

type Change = (bytes: Uint8Array, others: readonly Uint8Array[], random: () => number) => Uint8Array

const LONGEST = 4096

const CHANGES: readonly Change[] = [
  (bytes, _, random) => splice(bytes, at(bytes, random), 1, Uint8Array.of(Math.floor(random() * 256))),
  (bytes, _, random) => {
    const where = at(bytes, random)
    return splice(bytes, where, 1, Uint8Array.of((bytes[where] ?? 0) ^ (1 << Math.floor(random() * 8))))
  },
  (bytes, _, random) => splice(bytes, at(bytes, random), Math.floor(random() * 16), new Uint8Array()),
  (bytes, _, random) => {
    const where = at(bytes, random)
    return splice(bytes, where, 0, bytes.subarray(where, where + Math.floor(random() * 64)))
  },
  (bytes, others, random) => {
    const other = pick(others, random)
    const from = at(other, random)
    return splice(bytes, at(bytes, random), 0, other.subarray(from, from + Math.floor(random() * 64)))
  },
  (bytes, _, random) => splice(bytes, at(bytes, random), 0, pick(TRAPS, random)),
  (bytes, _, random) => bytes.subarray(0, at(bytes, random)),
]

const TRAPS: readonly Uint8Array[] = [
  [0xff],
  [0xff, 0xff],
  [0xff, 0xfa],
  [0xff, 0xf0],
  [0xff, 0xf4],
  [0xff, 0xfd, 0x06],
  [0],
  [0x1b],
  [0x1b, 0x5b],
  [0x1b, 0x5b, 0x32, 0x30, 0x30, 0x7e],
  [0x9b],
  [0x03],
  [0x0d],
  [0x0a],
  [0x0d, 0x0a],
  [0x22],
  [0x27],
  [0x5c],
  [0xe2, 0x80, 0xae],
  [0xf0, 0x9f, 0x91, 0xa9, 0xe2, 0x80, 0x8d],
  [0xed, 0xa0, 0x80],
  [0x7f, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0xff],
].map(bytes => Uint8Array.from(bytes))

function at(bytes: Uint8Array, random: () => number): number {
  return Math.floor(random() * (bytes.length + 1))
}

function splice(bytes: Uint8Array, from: number, removed: number, added: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, from), added, bytes.subarray(from + removed)])
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
