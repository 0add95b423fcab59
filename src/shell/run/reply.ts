import { AnswerbackError } from '../../core/errors.ts'
import { SafeText } from '../../core/safe-text.ts'
import { answerKind, piecesOf } from '../command/answer.ts'
import type { Pieces, Stream } from '../command/answer.ts'
import type { RunningCommand } from './running-command.ts'
import { toJson } from '../render/json.ts'
import { isLong, pageSize } from '../ask/pager.ts'
import { renderValue } from '../render/value.ts'
import { Session } from '../session/session.ts'
import { STATUS } from '../../core/exit-status.ts'
import type { Outcome } from './outcome.ts'
import { SETTLED } from '../session/tell.ts'
import { isThenable } from '../../core/thenable.ts'

/**
 * Gives a command's answer to its user: a value as people read it, on a pipe or with `--json` as
 * JSON, text as it is, a stream piece by piece. Empty text is no answer. What answers at once is
 * written at once. Throws, or rejects with, whatever the answer does.
 */
export function reply(answer: unknown, call: RunningCommand, session: Session): Outcome {
  if (answer === undefined || answer === null) return STATUS.ok
  if (typeof answer === 'string') return say(call.json ? toJson(answer) : answer, session)
  if (answer instanceof SafeText) return say(call.json ? toJson(answer) : String(answer), session)
  if (isThenable(answer)) return replyLater(answer, call, session)
  if (answerKind(answer) === 'stream') return replyStream(piecesOf(answer as Stream), call, session)
  return say(call.json || !session.interactive ? toJson(answer) : rendered(answer, session), session)
}

/** Nothing is cut for a peer that has told no width: it may well be a program. */
function rendered(answer: unknown, { terminal }: Session): string {
  return renderValue(answer, { columns: terminal.sized ? terminal.columns : Infinity })
}

function say(text: string, session: Session): Outcome {
  if (text === '') return STATUS.ok
  const { paging } = session
  if (paging && session.interactive && isLong(text, pageSize(paging, session.terminal)))
    return session.page(text).then(() => STATUS.ok)
  const done = session.writeResponse(text)
  // A command whose long answer is not out yet is not over: what comes after it, the prompt first of all, finds room. One with a short answer is: to wait
  // would make the rest of what was sent in one go type-ahead, of which there is only so much. An override is waited for, because it may fail.
  const waits = text.length > LONG_ANSWER || session.writeResponse !== Session.prototype.writeResponse
  return waits && done !== SETTLED ? Promise.resolve(done).then(() => STATUS.ok) : STATUS.ok
}

/** In UTF-16 units. */
const LONG_ANSWER = 64 * 1024

async function replyLater(answer: PromiseLike<unknown>, call: RunningCommand, session: Session): Promise<number> {
  const settled = await answer
  return call.abandoned ? STATUS.interrupted : reply(settled, call, session)
}

/**
 * Piece by piece, as the user's side takes them; as JSON, a line for each. When it is broken off, the handler's `finally` runs as soon as it
 * comes to its next `yield`.
 */
async function replyStream(pieces: Pieces, call: RunningCommand, session: Session): Promise<number> {
  call.streams()
  for (;;) {
    const { done, value } = await pieces.next()
    if (done) return STATUS.ok
    if (call.aborted) break
    try {
      const written = session.write(call.json ? `${toJson(value)}\n` : textOf(value))
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
 * Returns a piece of a stream as text. A type of the program's may have let through what is none: `createReadStream(path)` is
 * declared to give anything, and gives bytes, which may end within a character.
 */
function textOf(piece: unknown): string {
  if (typeof piece === 'string') return piece
  if (piece instanceof SafeText || typeof piece === 'number' || typeof piece === 'bigint') return String(piece)
  throw new AnswerbackError('PIECE', { value: shown(piece) })
}

function shown(piece: unknown): string {
  if (piece === null || piece === undefined) return String(piece)
  return piece instanceof Uint8Array ? 'bytes' : `of type ${typeof piece}`
}
