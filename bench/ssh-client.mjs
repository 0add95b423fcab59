/**
 * A client for SSH that costs little: the one of the tests, which does its key exchanges itself,
 * the hybrid one included.
 */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const SOURCE = fileURLToPath(new URL('../src/transport/ssh/raw-client.suite.ts', import.meta.url))

/** Loaded by the first who needs it: it takes a while. */
let suite
function load() {
  suite ??= runnerImport(SOURCE, { configFile: false, logLevel: 'error' }).then(({ module }) => module)
  return suite
}

const [DATA, CONFIRMATION, ADJUST] = [94, 91, 93]
const WINDOW = 2 ** 30
const PTY = Buffer.concat([string('xterm-256color'), ...[80, 24, 0, 0].map(uint32), string(Buffer.of(0))])

/** One client with a terminal, at its prompt. */
export class SshClient {
  #raw
  #suite
  received = 0
  #hear = () => {}
  #gone = () => {}

  /** Logged in by its name, and no more. */
  static async logIn(server, options) {
    const { RawClient } = await load()
    return RawClient.loggedIn(server.port, options)
  }

  static async connect(server, prompt, options) {
    const client = new SshClient()
    const { RawClient, channelRequest, openSession } = (client.#suite = await load())
    client.#raw = await RawClient.loggedIn(server.port, options)
    client.#raw.send(openSession(0, WINDOW))
    client.#raw.send(channelRequest(0, 'pty-req', true, PTY))
    client.#raw.send(channelRequest(0, 'shell', true))
    await client.#raw.next(CONFIRMATION)
    void client.#listen()
    await client.until(prompt)
    return client
  }

  /** Sends, and waits until what comes then ends with `end`. */
  exchange(text, end) {
    const answered = this.until(end)
    this.#raw.send(this.#suite.channelData(0, text))
    return answered
  }

  /** Sends, and waits until so many bytes have come. */
  take(text, bytes) {
    const due = this.received + bytes
    this.#raw.send(this.#suite.channelData(0, text))
    return this.#heard(() => this.received >= due)
  }

  until(end) {
    return this.#heard(tail => tail.endsWith(end))
  }

  destroy() {
    this.#raw.socket.resetAndDestroy()
  }

  #heard(isEnough) {
    return new Promise((resolve, reject) => {
      this.#hear = tail => isEnough(tail) && resolve()
      this.#gone = reject
    })
  }

  /** Takes what comes, and widens the window as it is used. */
  async #listen() {
    let used = 0
    for (;;) {
      const message = await this.#raw.next(DATA).catch(error => this.#gone(error))
      if (message === undefined) return
      this.received += message.length - 9
      used += message.length - 9
      if (used > WINDOW / 2) {
        this.#raw.send(Buffer.concat([Buffer.of(ADJUST), uint32(0), uint32(used)]))
        used = 0
      }
      this.#hear(message.latin1Slice(Math.max(9, message.length - 100)))
    }
  }
}

function uint32(value) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function string(content) {
  const bytes = Buffer.from(content)
  return Buffer.concat([uint32(bytes.length), bytes])
}
