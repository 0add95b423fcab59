/**
 * What is done with files, one thing after the other for each file: entries of one process are
 * written in their order.
 */
export class FileQueue {
  readonly #files: Map<string, Waiting> = new Map()
  readonly #most: number

  /**
   * `most`: how much may wait for one file; where a disk hangs, memory is not to fill up with what
   * is to be written.
   */
  constructor(most: number = 256) {
    this.#most = most
  }

  /** Rejects with what `run` throws, and where too much waits already. */
  run<T>(path: string, run: () => Promise<T>): Promise<T> {
    const before = this.#files.get(path) ?? { last: Promise.resolve(), count: 0 }
    if (before.count >= this.#most) return Promise.reject(new Error(`too much waits to be done with ${path}`))
    const turn = before.last.then(run)
    const waiting: Waiting = { last: turn.then(ignore, ignore), count: before.count + 1 }
    this.#files.set(path, waiting)
    void waiting.last.then(() => this.#done(path))
    return turn
  }

  #done(path: string): void {
    const waiting = this.#files.get(path)
    if (waiting === undefined) return
    waiting.count -= 1
    if (waiting.count === 0) this.#files.delete(path)
  }
}

interface Waiting {
  last: Promise<unknown>
  count: number
}

function ignore(): void {}
