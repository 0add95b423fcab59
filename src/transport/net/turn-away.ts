import type { Socket } from 'node:net'
import type { Clock } from '../../core/time/clock.ts'
import { hangUp } from './hang-up.ts'

/** How long a refused peer has to read why. */
const TOLD_WITHIN_MS = 1000
/** The most refused peers that receive a reason at a time. */
const MOST_TOLD = 1000

let told = 0

/** Closes a socket, with a line that says why; in a flood, without. */
export function turnAway(socket: Socket, sentence: string, clock: Clock): void {
  socket.on('error', () => {})
  if (told >= MOST_TOLD) return void socket.destroy()
  told += 1
  socket.once('close', () => (told -= 1))
  hangUp(socket, clock, { within: TOLD_WITHIN_MS, lastWords: `${sentence}\r\n` })
}
