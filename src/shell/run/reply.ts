import { AnswerbackError } from '../../core/options/errors.ts'
import { SafeText } from '../../core/text/safe-text.ts'
import { answerKind, piecesOf } from '../command/answer.ts'
import type { Pieces, Stream } from '../command/answer.ts'
import type { RunningCommand } from './running-command.ts'
import { toJson } from '../render/json.ts'
import { isLong, pageSize } from '../ask/pager.ts'
import { renderValue } from '../render/value.ts'
import type { Session } from '../session/session.ts'
import { STATUS } from '../../core/options/exit-status.ts'
import { SETTLED } from '../session/tell.ts'
import { andThen, isThenable } from '../../core/async/thenable.ts'
import type { Eventual } from '../../core/async/thenable.ts'

/** The part of a run that answers its user. */
interface AnsweringRun {
  readonly shell: { readonly writesResponses: boolean }
  readonly call: RunningCommand
  readonly session: Session
}

/**
 * Shows a command's answer to its user, and returns the status. A value is shown as a table or a
 * list, on a pipe or with `--json` as JSON. Text is written as it is, a stream piece by piece.
 * Empty text is no answer. A synchronous answer is written synchronously. Throws, or rejects with,
 * what the answer throws.
 */
export function reply(answer: unknown, run: AnsweringRun): Eventual<number> {
  const { call, session } = run
  if (call.onAnswer && !isThenable(answer) && answerKind(answer) !== 'stream') call.onAnswer(answer)
  if (answer === undefined || answer === null) return STATUS.ok
  if (typeof answer === 'string') return say(call.json ? toJson(answer) : answer, run)
  if (answer instanceof SafeText) return say(call.json ? toJson(answer) : String(answer), run)
  if (isThenable(answer)) {
    return andThen(answer, settled => (call.abandoned ? STATUS.interrupted : reply(settled, run)))
  }
  if (answerKind(answer) === 'stream') return replyStream(piecesOf(answer as Stream), call, session)
  return say(call.json || !session.interactive ? toJson(answer) : rendered(answer, session), run)
}

/**
 * Returns a value as text. Nothing is cut for a peer that has sent no width, since it may be a
 * program.
 */
function rendered(answer: unknown, { terminal }: Session): string {
  return renderValue(answer, { columns: terminal.sized ? terminal.columns : Infinity })
}

function say(text: string, { session, shell }: AnsweringRun): Eventual<number> {
  if (text === '') return STATUS.ok
  const { paging } = session
  if (paging && session.interactive && isLong(text, pageSize(paging, session.terminal)))
    return session.page(text).then(() => STATUS.ok)
  const done = session.writeResponse(text)
  if (done === SETTLED) return STATUS.ok
  // A command with a long answer ends only when that is written, so that what follows, such as the
  // prompt, finds room. One with a short answer ends at once. Otherwise the rest of input that came
  // in one piece would become type-ahead, which is limited. An override is awaited, because it may
  // fail.
  return text.length > LONG_ANSWER_CHARS || shell.writesResponses ? andThen(done, () => STATUS.ok) : STATUS.ok
}

const LONG_ANSWER_CHARS = 64 * 1024

/**
 * Writes a stream piece by piece, as fast as the user's side reads; as JSON, one line for each
 * piece. If it is aborted, the handler's `finally` runs at its next `yield`.
 */
async function replyStream(pieces: Pieces, call: RunningCommand, session: Session): Promise<number> {
  call.streams()
  for (;;) {
    const { done, value } = await pieces.next()
    if (done) return STATUS.ok
    if (call.aborted) break
    try {
      const written = session.write(call.json ? `${toJson(value)}\n` : pieceText(value))
      if (written !== SETTLED) await written
    } catch (error) {
      await pieces.return?.()
      throw error
    }
    if (call.aborted) break
  }
  await pieces.return?.()
  throw call.reason
}

/**
 * Returns a piece of a stream as text, and throws for any other piece. The program's types may have
 * allowed one: `createReadStream(path)` is declared to yield any type. It yields bytes, which may
 * end within a character.
 */
function pieceText(piece: unknown): string {
  if (typeof piece === 'string') return piece
  if (piece instanceof SafeText || typeof piece === 'number' || typeof piece === 'bigint') return String(piece)
  throw new AnswerbackError('PIECE', { value: shown(piece) })
}

function shown(piece: unknown): string {
  if (piece === null || piece === undefined) return String(piece)
  return piece instanceof Uint8Array ? 'bytes' : `of type ${typeof piece}`
}
