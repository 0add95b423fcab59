import { SHARE } from '../core/clock.ts'

/** What has output to send when the turn is over. */
export interface Flushable {
  flush(): void
}

/** How long, in milliseconds, those may work in one turn of the event loop who had more than their share before. */
export const SHARED_TURN = 1

/** How long, in milliseconds, all may work together who begin to in one turn. */
export const ALL_SHARES = 2

let dirty: Flushable[] = []
const waiting: (() => void)[] = []
let turning = false
let sharesEnd: number | undefined

/**
 * Has `flushable.flush()` called when this turn's work is done. All share one `setImmediate`: it runs after the reads of the turn and every promise that they
 * have settled, so that echo, reply and prompt of a command leave in one write. Who has asked need not ask again before it is flushed.
 */
export function flushAfterTurn(flushable: Flushable): void {
  if (dirty.push(flushable) === 1) setImmediate(flushAll)
}

/**
 * Has `run` called in a later turn, behind all who have asked before, and behind what everybody else has read and written in that turn. However many ask, no turn
 * becomes longer by them than `SHARED_TURN` and the last one's work.
 */
export function runInTurn(run: () => void): void {
  waiting.push(run)
  if (!turning) begin()
}

/**
 * Until when, by `performance.now()`, whoever begins to work now may go on. However many begin in one turn, it becomes no longer by them than `ALL_SHARES` and what
 * each does before it looks at the clock: a few commands, which is all that most have to do.
 */
export function shareOfTurn(): number {
  const now = performance.now()
  if (sharesEnd === undefined) {
    sharesEnd = now + ALL_SHARES
    setImmediate(() => (sharesEnd = undefined))
  }
  return Math.min(now + SHARE, sharesEnd)
}

function flushAll(): void {
  const all = dirty
  dirty = []
  for (const flushable of all) flushable.flush()
}

function begin(): void {
  turning = true
  setImmediate(() => {
    flushAll()
    takeTurns(performance.now() + SHARED_TURN)
  })
}

/** What one does goes on in promises: those are waited for. Who is alone has all of the time, without a round of the event loop for each share. */
function takeTurns(end: number): void {
  try {
    waiting.shift()?.()
  } finally {
    afterPromises(() => {
      if (waiting.length > 0 && performance.now() < end) takeTurns(end)
      else endTurn()
    })
  }
}

function endTurn(): void {
  turning = false
  if (waiting.length > 0) begin()
}

/** A tick that a microtask asks for comes when all microtasks have run. */
function afterPromises(run: () => void): void {
  queueMicrotask(() => process.nextTick(run))
}
