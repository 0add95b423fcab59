import { ScreenJudge } from '../../src/testing/screen.ts'
import type { Screenshot } from '../../src/testing/screen.ts'

/** A user at a terminal, over whatever connection: what the one script needs of it. */
export interface Driver {
  /** What the demo calls its transport. */
  readonly transport: string
  type(text: string): void
  resize(columns: number, rows: number): void
  /** Resolves with the first screen that shows what is awaited; rejects with the last one when none does. */
  until(shows: (screen: Screenshot) => boolean, what: string): Promise<Screenshot>
  /** Resolves when the peer's side has been closed by the shell. */
  readonly closed: Promise<void>
  stop(): Promise<void>
}

/** What all drivers share: a screen that is fed by the connection, and somebody who looks at it. */
export class Watcher {
  readonly #judge: ScreenJudge
  #changed: () => void = () => {}

  private constructor(judge: ScreenJudge) {
    this.#judge = judge
  }

  static async create(columns = 80, rows = 24): Promise<Watcher> {
    return new Watcher(await ScreenJudge.create(columns, rows))
  }

  write(text: string): void {
    this.#judge.write(text)
    this.#changed()
  }

  resize(columns: number, rows: number): void {
    this.#judge.resize(columns, rows)
    this.#changed()
  }

  async until(shows: (screen: Screenshot) => boolean, what: string, within = 8000): Promise<Screenshot> {
    const deadline = Date.now() + within
    for (;;) {
      const shot = await this.#judge.shot()
      if (shows(shot)) return shot
      const left = deadline - Date.now()
      if (left <= 0)
        throw new Error(
          `${what} did not come; the screen shows, with the cursor at ${JSON.stringify(shot.cursor)}:\n${shot.text}`,
        )
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left)
        this.#changed = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}
