/** A client that speaks enough telnet to be taken for a terminal, and costs little. */
import { connect } from 'node:net'

const [IAC, DONT, DO, WONT, WILL, SB, SE] = [255, 254, 253, 252, 251, 250, 240]
const [ECHO, SGA, TTYPE, NAWS] = [1, 3, 24, 31]
const WINDOW = [IAC, SB, NAWS, 0, 80, 0, 24, IAC, SE]
/**
 * In capitals, as most clients do (RFC 1091): ours takes one in small letters for busybox, and
 * shows its prompt once more.
 */
const TYPE = [IAC, SB, TTYPE, 0, ...Buffer.from('XTERM-256COLOR'), IAC, SE]

/** What is answered to what is asked; to all else, no. */
const ANSWERS = {
  [`${WILL} ${ECHO}`]: [IAC, DO, ECHO],
  [`${WILL} ${SGA}`]: [IAC, DO, SGA],
  [`${DO} ${TTYPE}`]: [IAC, WILL, TTYPE],
  [`${DO} ${NAWS}`]: [IAC, WILL, NAWS, ...WINDOW],
}
const REFUSALS = { [WILL]: DONT, [DO]: WONT }

/**
 * All clients read into it, each taking what has come before the next one reads: so the client of
 * long output is cheaper than its server.
 */
const READ = Buffer.alloc(256 * 1024)

export class Client {
  /**
   * Called with each piece of what the server says, its negotiation taken out; a string of Latin-1.
   */
  hear = () => {}
  gone = () => {}
  /** Called with each piece as it comes. */
  watch = () => {}
  /** Bytes of text that have come. */
  received = 0
  /** We have been asked for everything that a terminal is asked for. */
  settled = false
  /** Asked, as far as a sequence has come. */
  #rest = Buffer.alloc(0)
  /**
   * So many bytes of text are waited for, whatever they say: long output is counted and not read.
   */
  #due = Infinity
  #arrived = () => {}

  /** `mute`: never answers a negotiation. */
  constructor(port, { mute = false } = {}) {
    this.mute = mute
    const callback = (length, buffer) => {
      this.#data(buffer.subarray(0, length))
      return true
    }
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: READ, callback } })
    this.socket.on('error', error => (this.error = error))
    this.socket.on('close', () => this.gone())
  }

  send(text) {
    this.socket.write(text, 'latin1')
  }

  /** Sends, and waits until `length` further bytes of text have come. */
  exchange(text, length) {
    return new Promise((resolve, reject) => {
      this.#due = this.received + length
      this.#arrived = resolve
      this.hear = () => {}
      this.gone = () => reject(this.error ?? new Error('closed by the server'))
      this.send(text)
    })
  }

  /** Waits until what has come since ends with `end`, and `before` stands not far before it. */
  until(before, end = before) {
    return new Promise((resolve, reject) => {
      let tail = ''
      this.hear = text => {
        tail = (tail + text).slice(-100)
        if (tail.endsWith(end) && tail.includes(before)) resolve()
      }
      this.gone = () => reject(this.error ?? new Error('closed by the server'))
    })
  }

  /** Closes by reset, which leaves no port in TIME_WAIT. */
  reset() {
    this.socket.resetAndDestroy()
  }

  #data(bytes) {
    this.watch(bytes)
    const plain = this.#rest.length === 0 && bytes.indexOf(IAC) < 0
    if (plain && this.#due !== Infinity) return this.#count(bytes.length)
    const text = plain ? bytes.latin1Slice() : this.#telnet(bytes)
    if (text === '') return
    this.#count(text.length)
    this.hear(text)
  }

  #count(length) {
    this.received += length
    if (this.received < this.#due) return
    this.#due = Infinity
    this.#arrived()
  }

  /** Takes negotiation out, and answers all of it in one write. */
  #telnet(bytes) {
    const all = Buffer.concat([this.#rest, bytes])
    const answers = []
    let text = ''
    let from = 0
    for (let iac = all.indexOf(IAC); iac >= 0; iac = all.indexOf(IAC, from)) {
      text += all.latin1Slice(from, iac)
      from = iac
      const length = lengthOf(all, iac)
      if (length === undefined) break
      answers.push(...this.#answer(all[iac + 1], all[iac + 2]))
      from += length
    }
    if (answers.length > 0) this.socket.write(Buffer.from(answers))
    const whole = all.indexOf(IAC, from) < 0
    this.#rest = whole ? Buffer.alloc(0) : Buffer.from(all.subarray(from))
    return whole ? text + all.latin1Slice(from) : text
  }

  #answer(verb, option) {
    if (this.mute) return []
    if (verb === WILL && option === ECHO) this.settled = true
    if (verb === SB) return TYPE
    return ANSWERS[`${verb} ${option}`] ?? (verb in REFUSALS ? [IAC, REFUSALS[verb], option] : [])
  }
}

/** Of the sequence that begins at `iac`; `undefined` where it is not whole. */
function lengthOf(bytes, iac) {
  const verb = bytes[iac + 1]
  if (verb === undefined) return undefined
  if (verb < SB) return 2
  if (verb !== SB) return iac + 2 < bytes.length ? 3 : undefined
  const end = bytes.indexOf(Buffer.of(IAC, SE), iac)
  return end < 0 ? undefined : end + 2 - iac
}
