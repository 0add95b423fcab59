import { SafeText } from '../../core/text/safe-text.ts'

/**
 * What a handler may return: text, nothing, a stream of pieces of text, or a value. Empty text is
 * nothing. Each piece of a stream is taken when the reader is ready for it. Users see a value as a
 * table or a list, programs as JSON. Arrays, `Map` and `Set` are values, although they are
 * iterable.
 */
export type HandlerValue = string | SafeText | number | boolean | bigint | null | undefined | void | Stream | Data

/** What a handler returns, synchronously or later. */
export type HandlerResult = HandlerValue | Promise<HandlerValue>

/** Text in pieces. At run time, an object with a method `next` or `Symbol.asyncIterator`. */
export type Stream = Generator<StreamPiece, void> | AsyncGenerator<StreamPiece, void> | AsyncIterable<StreamPiece>

type StreamPiece = string | SafeText

/**
 * A value for users and programs: any object except functions, promises and iterators. Plain
 * `object` would accept a generator of numbers, or a function returned by mistake.
 */
export type Data = object & {
  readonly bind?: never
  readonly then?: Still
  readonly next?: Still
  readonly [Symbol.asyncIterator]?: never
}

/** Anything but a function. */
type Still = string | number | boolean | bigint | null | undefined | (object & { readonly bind?: never })

/** How an answer is shown. */
export type AnswerKind = 'nothing' | 'text' | 'stream' | 'value'

/** Returns the kind of an answer, by the rule that the types state. */
export function answerKind(answer: unknown): AnswerKind {
  if (answer === undefined || answer === null) return 'nothing'
  if (typeof answer === 'string' || answer instanceof SafeText) return 'text'
  return typeof answer === 'object' && isStream(answer) ? 'stream' : 'value'
}

function isStream(answer: object): boolean {
  const { next, [Symbol.asyncIterator]: iterate } = answer as { next?: unknown; [Symbol.asyncIterator]?: unknown }
  return typeof next === 'function' || typeof iterate === 'function'
}

/**
 * The pieces of a stream. `return` must be called if they are abandoned, so that the handler's
 * `finally` runs.
 */
export interface Pieces {
  next(): IteratorResult<unknown, unknown> | Promise<IteratorResult<unknown, unknown>>
  return?(): unknown
}

/** Begins a stream: returns its asynchronous iterator, or the generator itself. */
export function piecesOf(stream: Stream): Pieces {
  const { [Symbol.asyncIterator]: iterate } = stream as Partial<AsyncIterable<StreamPiece>>
  return typeof iterate === 'function' ? (iterate.call(stream) as Pieces) : (stream as Generator<StreamPiece, void>)
}
