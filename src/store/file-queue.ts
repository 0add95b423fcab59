/**
 * Runs file operations one after the other for each file: the entries of a process are written in
 * order.
 */
export class FileQueue {
  readonly #files: Map<string, Waiting> = new Map()
  readonly #most: number

  /**
   * `most` is the number of operations that may wait for one file: a disk that hangs must not fill
   * the memory.
   */
  constructor(most: number = 256) {
    this.#most = most
  }

  /** Rejects with what `run` throws, and if too many operations wait already. */
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
