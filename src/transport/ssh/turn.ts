/** What has output to send when the turn is over. */
export interface Flushable {
  flush(): void
}

const dirty = new Set<Flushable>()

/**
 * Has `flushable.flush()` called once when this turn's work is done, together with all others: an echo, a command's output and the
 * next prompt leave in one packet and one write to the socket.
 */
export function flushAfterTurn(flushable: Flushable): void {
  if (dirty.size === 0) setImmediate(flushAll)
  dirty.add(flushable)
}

function flushAll(): void {
  const all = [...dirty]
  dirty.clear()
  for (const flushable of all) flushable.flush()
}
