import type { Socket } from 'node:net'
import type { Clock } from '../../core/clock.ts'

/**
 * Ends a socket: what was written goes out, what still comes is read and dropped (a socket that is closed over unread input is reset,
 * and the peer loses our last words), and a peer that does not end its side is cut off.
 */
export function hangUp(socket: Socket, clock: Clock): void {
  if (socket.destroyed) return
  socket.once(
    'close',
    clock.after(HANG_UP_MS, () => socket.destroy()),
  )
  socket.removeAllListeners('data')
  socket.resume()
  socket.end()
}

const HANG_UP_MS = 5000
