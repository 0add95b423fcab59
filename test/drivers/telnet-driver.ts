import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { Watcher } from './driver.ts'
import type { Driver } from './driver.ts'

const IAC = 255
const [DONT, DO, WONT, WILL, SB, SE] = [254, 253, 252, 251, 250, 240]
const [ECHO, SGA, TTYPE, NAWS] = [1, 3, 24, 31]

/** A telnet client that is written from the RFCs, apart from what it tests: xterm-256color, 80×24, character mode when it is offered. */
export class TelnetDriver implements Driver {
  readonly transport = 'telnet'
  readonly closed: Promise<void>
  readonly #socket: Socket
  readonly #watcher: Watcher
  readonly #decoder = new TextDecoder()
  #size = { columns: 80, rows: 24 }
  #rest: number[] = []
  #characterMode: () => void = () => {}

  private constructor(socket: Socket, watcher: Watcher) {
    this.#socket = socket
    this.#watcher = watcher
    this.closed = new Promise(resolve => socket.once('close', () => resolve()))
    socket.on('data', bytes => this.#receive(bytes))
  }

  /** Resolves when the server has offered to echo, which is when a person's first key comes at the earliest. */
  static async connect(port: number): Promise<TelnetDriver> {
    const watcher = await Watcher.create()
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const driver = new TelnetDriver(socket, watcher)
    await new Promise<void>(resolve => (driver.#characterMode = resolve))
    return driver
  }

  type(text: string): void {
    this.#socket.write(text.replaceAll('\r', '\r\0'))
  }

  resize(columns: number, rows: number): void {
    this.#size = { columns, rows }
    this.#watcher.resize(columns, rows)
    this.#sendSize()
  }

  until(...given: Parameters<Watcher['until']>): ReturnType<Watcher['until']> {
    return this.#watcher.until(...given)
  }

  async stop(): Promise<void> {
    this.#socket.destroy()
  }

  #receive(bytes: Uint8Array): void {
    const input = [...this.#rest, ...bytes]
    const text: number[] = []
    let i = 0
    for (; i < input.length; i++) {
      if (input[i] !== IAC) {
        if (input[i] !== 0) text.push(input[i]!)
        continue
      }
      const length = commandLength(input, i)
      if (length === undefined) break
      this.#command(input.slice(i, i + length))
      i += length - 1
    }
    this.#rest = input.slice(i)
    this.#watcher.write(this.#decoder.decode(Uint8Array.from(text), { stream: true }))
  }

  #command([, verb, option]: number[]): void {
    if (verb === WILL) this.#send(option === ECHO || option === SGA ? DO : DONT, option!)
    if (verb === WILL && option === ECHO) this.#characterMode()
    if (verb === DO) this.#send(option === TTYPE || option === NAWS || option === SGA ? WILL : WONT, option!)
    if (verb === DO && option === NAWS) this.#sendSize()
    if (verb === SB && option === TTYPE)
      this.#socket.write(Buffer.from([IAC, SB, TTYPE, 0, ...Buffer.from('XTERM-256COLOR'), IAC, SE]))
  }

  #send(verb: number, option: number): void {
    this.#socket.write(Buffer.from([IAC, verb, option]))
  }

  #sendSize(): void {
    const { columns, rows } = this.#size
    this.#socket.write(Buffer.from([IAC, SB, NAWS, 0, columns, 0, rows, IAC, SE]))
  }
}

/** How many bytes the command at `i` takes; `undefined` while it is unfinished. */
function commandLength(input: number[], i: number): number | undefined {
  const verb = input[i + 1]
  if (verb === undefined) return undefined
  if (verb === SB) {
    const end = input.findIndex((byte, at) => at > i && byte === IAC && input[at + 1] === SE)
    return end < 0 ? undefined : end + 2 - i
  }
  if (verb < WILL) return 2
  return input.length < i + 3 ? undefined : 3
}
