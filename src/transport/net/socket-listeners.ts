import type { Socket } from 'node:net'

/** Hears what happens to a socket. */
export interface SocketListener {
  received(bytes: Uint8Array): void
  /** FIN: nothing more will be received. */
  inputEnded(): void
  failed(error: NodeJS.ErrnoException): void
  socketClosed(): void
}

/** Has `listener` told what happens to a socket. The functions are the same for all sockets: closures of each one's own were 320 bytes for every connection. */
export function listenTo(socket: Socket, listener: SocketListener): void {
  ;(socket as Heard)[LISTENER] = listener
  socket.on('data', received)
  socket.on('end', inputEnded)
  socket.on('error', failed)
  socket.on('close', socketClosed)
}

const LISTENER: unique symbol = Symbol('listener')

interface Heard extends Socket {
  [LISTENER]: SocketListener
}

function received(this: Heard, bytes: Uint8Array): void {
  this[LISTENER].received(bytes)
}

function inputEnded(this: Heard): void {
  this[LISTENER].inputEnded()
}

function failed(this: Heard, error: NodeJS.ErrnoException): void {
  this[LISTENER].failed(error)
}

function socketClosed(this: Heard): void {
  this[LISTENER].socketClosed()
}
