import ssh2 from 'ssh2'
import type { Client, ClientChannel } from 'ssh2'
import type { ScreenJudge } from './judge.ts'

const { Client: SshClient } = ssh2

/** How long a screen may take to become what it should be. */
const PATIENCE_MS = 4000

/** An SSH client with a terminal. Nothing in SSH says that what was sent has been dealt with: so it waits until the screen is as it should be, or for too long. */
export class SshUser {
  readonly #client: Client = new SshClient()
  readonly #judge: ScreenJudge
  #channel: ClientChannel | undefined
  #drawn: () => void = () => {}

  private constructor(judge: ScreenJudge) {
    this.#judge = judge
  }

  static async connect(port: number, judge: ScreenJudge, columns: number, rows: number): Promise<SshUser> {
    const user = new SshUser(judge)
    await new Promise<void>((resolve, reject) => {
      user.#client.on('ready', resolve).on('error', reject)
      user.#client.connect({ host: '127.0.0.1', port, username: 'ann', hostVerifier: () => true })
    })
    user.#channel = await new Promise<ClientChannel>((resolve, reject) => {
      user.#client.shell({ term: 'xterm-256color', cols: columns, rows }, (error, channel) =>
        error ? reject(error) : resolve(channel),
      )
    })
    const decoder = new TextDecoder()
    user.#channel.on('data', (bytes: Uint8Array) => {
      judge.write(decoder.decode(bytes, { stream: true }))
      user.#drawn()
    })
    return user
  }

  send(text: string): void {
    this.#channel?.write(text)
  }

  resize(columns: number, rows: number): void {
    this.#channel?.setWindow(rows, columns, 0, 0)
  }

  /** The screen that was wanted, or the one that stands there when it has not come. */
  async shot(wanted: string | undefined): Promise<string> {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      const shot = await this.#judge.shot()
      const left = deadline - Date.now()
      if (shot === wanted || left <= 0) return shot
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left)
        this.#drawn = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  close(): void {
    this.#client.end()
  }
}
