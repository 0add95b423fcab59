import ssh2 from 'ssh2'
import type { Client, ClientChannel } from 'ssh2'
import { Watcher } from './driver.ts'
import type { Driver } from './driver.ts'

const { Client: SshClient } = ssh2

/**
 * An SSH client as PuTTY is one: it asks for the user name itself, in its own window, and connects by it. A terminal of the kind
 * xterm-256color, 80×24. The other side of ssh2 than the one that is served with.
 */
export class SshDriver implements Driver {
  readonly transport = 'ssh'
  readonly closed: Promise<void>
  readonly #client: Client = new SshClient()
  readonly #port: number
  readonly #watcher: Watcher
  #channel: ClientChannel | undefined
  /** What is typed before the session is there: the name, and whatever follows it. */
  #ahead = ''
  #connecting = false

  private constructor(port: number, watcher: Watcher) {
    this.#port = port
    this.#watcher = watcher
    this.closed = new Promise(resolve => this.#client.once('close', () => resolve()))
    watcher.write('Username: ')
  }

  static async connect(port: number): Promise<SshDriver> {
    return new SshDriver(port, await Watcher.create())
  }

  type(text: string): void {
    if (this.#channel !== undefined) return void this.#channel.write(text)
    this.#ahead += text
    if (!this.#connecting && this.#ahead.includes('\r')) this.#login()
  }

  resize(columns: number, rows: number): void {
    this.#watcher.resize(columns, rows)
    this.#channel?.setWindow(rows, columns, 0, 0)
  }

  until(...given: Parameters<Watcher['until']>): ReturnType<Watcher['until']> {
    return this.#watcher.until(...given)
  }

  async stop(): Promise<void> {
    this.#client.end()
  }

  #login(): void {
    const [username = ''] = this.#ahead.split('\r', 1)
    this.#connecting = true
    this.#ahead = this.#ahead.slice(username.length + 1)
    this.#watcher.write(`${username}\r\n`)
    this.#client.on('ready', () => this.#open())
    this.#client.connect({ host: '127.0.0.1', port: this.#port, username, hostVerifier: () => true })
  }

  #open(): void {
    this.#client.shell({ term: 'xterm-256color', cols: 80, rows: 24 }, (error, channel) => {
      if (error) throw error
      const decoder = new TextDecoder()
      channel.on('data', (data: Uint8Array) => this.#watcher.write(decoder.decode(data, { stream: true })))
      channel.on('close', () => this.#client.end())
      this.#channel = channel
      if (this.#ahead !== '') channel.write(this.#ahead)
    })
  }
}
