import type { Socket } from 'node:net'
import type { Cancel, Clock } from '../../core/time/clock.ts'

export interface HangUp {
  /** How long the peer has to read the rest, in milliseconds, before the socket is cut. */
  readonly within: number
  /** Written before the end. */
  readonly lastWords?: string
  /**
   * Waits until the peer has ended its side too. Absent: until it can read all that was written.
   */
  readonly forPeer?: true
}

/**
 * Ends a socket: what was written goes out, and what still comes is read and dropped. Unread input
 * would turn our FIN into a reset, and the peer would lose our last words.
 */
export function hangUp(socket: Socket, clock: Clock, { within, lastWords, forPeer }: HangUp): void {
  if (socket.destroyed) return
  const cancel: Cancel = clock.after(within, () => socket.destroy())
  socket.once('close', cancel)
  if (lastWords !== undefined) socket.write(lastWords)
  socket.resume()
  if (forPeer) socket.end()
  else socket.end(() => socket.destroySoon())
}
