import { SafeText } from '../../core/text/safe-text.ts'

/**
 * What a handler may return: text; nothing, which empty text is too; a stream of pieces of text,
 * each taken when the reader is ready for it; or a value, which people see as a table or a list and
 * programs as JSON. Arrays, `Map` and `Set` are values, though one can iterate them.
 */
export type HandlerValue = string | SafeText | number | boolean | bigint | null | undefined | void | Stream | Data

/** What a handler returns, at once or later. */
export type HandlerResult = HandlerValue | Promise<HandlerValue>

/** Text that comes piece by piece. At run time: what has a method `next` or `Symbol.asyncIterator`. */
export type Stream = Generator<StreamPiece, void> | AsyncGenerator<StreamPiece, void> | AsyncIterable<StreamPiece>

type StreamPiece = string | SafeText

/**
 * A value for people and programs: any object but functions, promises and iterators. Plain `object` would let a generator of
 * numbers, or a function returned by mistake, pass as a value.
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

/** Tells answers apart by the rule that the types state. */
export function answerKind(answer: unknown): AnswerKind {
  if (answer === undefined || answer === null) return 'nothing'
  if (typeof answer === 'string' || answer instanceof SafeText) return 'text'
  return typeof answer === 'object' && isStream(answer) ? 'stream' : 'value'
}

function isStream(answer: object): boolean {
  const { next, [Symbol.asyncIterator]: iterate } = answer as { next?: unknown; [Symbol.asyncIterator]?: unknown }
  return typeof next === 'function' || typeof iterate === 'function'
}

/** The pieces of a stream. `return` must be called where they are abandoned, so that the handler's `finally` runs. */
export interface Pieces {
  next(): IteratorResult<unknown, unknown> | Promise<IteratorResult<unknown, unknown>>
  return?(): unknown
}

/** Begins a stream: its asynchronous iterator, or itself, a generator. */
export function piecesOf(stream: Stream): Pieces {
  const { [Symbol.asyncIterator]: iterate } = stream as Partial<AsyncIterable<StreamPiece>>
  return typeof iterate === 'function' ? (iterate.call(stream) as Pieces) : (stream as Generator<StreamPiece, void>)
}
