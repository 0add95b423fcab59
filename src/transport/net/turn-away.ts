import type { Socket } from 'node:net'
import type { Clock } from '../../core/clock.ts'

/** How long a refused peer has to read why, in milliseconds; and how many at a time are told at all. */
export const TOLD_WITHIN = 1000
export const MOST_TOLD = 1000

let told = 0

/** Closes a socket, with a line that says why; in a flood, without. */
export function turnAway(socket: Socket, sentence: string, clock: Clock): void {
  socket.on('error', () => {})
  if (told >= MOST_TOLD) return void socket.destroy()
  told += 1
  const cancel = clock.after(TOLD_WITHIN, () => socket.destroy())
  socket.once('close', () => {
    told -= 1
    cancel()
  })
  // Unread input would turn our FIN into a reset, which takes the line with it.
  socket.resume()
  socket.end(`${sentence}\r\n`, () => socket.destroySoon())
}
