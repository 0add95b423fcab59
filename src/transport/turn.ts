/** What has output to send when the turn is over. */
export interface Flushable {
  flush(): void
}

let dirty: Flushable[] = []

/**
 * Has `flushable.flush()` called when this turn's work is done. All share one `setImmediate`: it runs after the reads of the turn and every promise that they
 * have settled, so that echo, reply and prompt of a command leave in one write. Who has asked need not ask again before it is flushed.
 */
export function flushAfterTurn(flushable: Flushable): void {
  if (dirty.push(flushable) === 1) setImmediate(flushAll)
}

function flushAll(): void {
  const all = dirty
  dirty = []
  for (const flushable of all) flushable.flush()
}
