import { connect } from 'node:net'
import type { Socket } from 'node:net'
import type { ScreenJudge } from './judge.ts'

const IAC = 255
const [DO, WONT, WILL, SB, SE] = [253, 252, 251, 250, 240]
const [ECHO, SGA, TIMING_MARK, TTYPE, NAWS] = [1, 3, 6, 24, 31]

/**
 * A telnet client in character mode that knows when the other side has dealt with what it sent: it asks for a timing mark behind it (RFC 860), which
 * is answered in order with the output.
 */
export class TelnetUser {
  readonly #socket: Socket
  readonly #judge: ScreenJudge
  readonly #size: () => readonly [columns: number, rows: number]
  readonly #decoder = new TextDecoder()
  #rest: Buffer = Buffer.alloc(0)
  #echoed: () => void = () => {}
  #marked: () => void = () => {}

  private constructor(socket: Socket, judge: ScreenJudge, size: () => readonly [columns: number, rows: number]) {
    this.#socket = socket
    this.#judge = judge
    this.#size = size
    socket.on('data', bytes => this.#receive(Buffer.concat([this.#rest, bytes])))
  }

  /** Resolves when the other side echoes, and has drawn its prompt. */
  static async connect(
    port: number,
    judge: ScreenJudge,
    size: () => readonly [columns: number, rows: number],
  ): Promise<TelnetUser> {
    const user = new TelnetUser(connect({ port, host: '127.0.0.1', noDelay: true }), judge, size)
    await new Promise<void>(resolve => (user.#echoed = resolve))
    await user.send('')
    return user
  }

  /** Resolves when all that comes of it has been drawn. */
  async send(text: string): Promise<void> {
    this.#socket.write(Buffer.concat([Buffer.from(text.replaceAll('\r', '\r\0')), Buffer.from([IAC, DO, TIMING_MARK])]))
    await new Promise<void>(resolve => (this.#marked = resolve))
  }

  async resize(): Promise<void> {
    this.#sendSize()
    await this.send('')
  }

  close(): void {
    this.#socket.destroy()
  }

  #receive(input: Buffer): void {
    let at = 0
    for (let command = input.indexOf(IAC); command >= 0; command = input.indexOf(IAC, at)) {
      this.#draw(input.subarray(at, command))
      const end = input[command + 1] === SB ? input.indexOf(SE, command) + 1 : command + 3
      if (end <= command || end > input.length) {
        this.#rest = input.subarray(command)
        return
      }
      this.#heed(input[command + 1]!, input[command + 2]!)
      at = end
    }
    this.#rest = Buffer.alloc(0)
    this.#draw(input.subarray(at))
  }

  #draw(bytes: Buffer): void {
    this.#judge.write(this.#decoder.decode(bytes, { stream: true }).replaceAll('\0', ''))
  }

  #heed(verb: number, option: number): void {
    if (verb === WILL && option === TIMING_MARK) return this.#marked()
    if (verb === WILL) this.#answer(option === ECHO || option === SGA ? DO : 254, option)
    if (verb === WILL && option === ECHO) this.#echoed()
    if (verb === DO) this.#answer(option === TTYPE || option === NAWS || option === SGA ? WILL : WONT, option)
    if (verb === DO && option === NAWS) this.#sendSize()
    if (verb === SB && option === TTYPE)
      this.#socket.write(Buffer.from([IAC, SB, TTYPE, 0, ...Buffer.from('XTERM-256COLOR'), IAC, SE]))
  }

  #answer(verb: number, option: number): void {
    this.#socket.write(Buffer.from([IAC, verb, option]))
  }

  #sendSize(): void {
    const [columns, rows] = this.#size()
    this.#socket.write(Buffer.from([IAC, SB, NAWS, 0, columns, 0, rows, IAC, SE]))
  }
}
