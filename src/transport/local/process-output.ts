import { fstatSync } from 'node:fs'
import type { WriteStream } from 'node:tty'

/**
 * Observes what this process writes on its own terminal by any means: `console`, `process.stdout`,
 * `process.stderr`, a log. It is seen before it goes there, unchanged. What `write` writes is not
 * seen.
 */
export class ProcessOutput {
  readonly #stdout: Tap
  readonly #stderr: Tap | undefined

  /**
   * `seen`: called with each text before it is written. What is written while it runs is not seen.
   */
  constructor(seen: (text: string) => void) {
    let telling = false
    const tell = (text: string): void => {
      if (telling || text === '') return
      telling = true
      try {
        seen(text)
      } finally {
        telling = false
      }
    }
    this.#stdout = new Tap(process.stdout, tell)
    if (isSameTerminal()) this.#stderr = new Tap(process.stderr, tell)
  }

  /** Writes on the standard output as it was before. */
  write(data: string | Uint8Array): boolean {
    return this.#stdout.write(data)
  }

  /** The streams are as they were before. */
  close(): void {
    this.#stdout.close()
    this.#stderr?.close()
  }
}

type Write = (...given: unknown[]) => boolean

/** A stream whose writes are seen. */
class Tap {
  /** The stream's `write`, as it was. */
  readonly write: Write
  readonly #stream: WriteStream
  readonly #own: PropertyDescriptor | undefined
  readonly #tapped: Write
  #open = true

  constructor(stream: WriteStream, seen: (text: string) => void) {
    const write = stream.write.bind(stream) as Write
    this.write = write
    this.#stream = stream
    this.#own = Object.getOwnPropertyDescriptor(stream, 'write')
    this.#tapped = (...given) => {
      if (this.#open) seen(textOf(given[0], given[1]))
      return write(...given)
    }
    stream.write = this.#tapped
  }

  /**
   * Restores the stream, unless other code has replaced its `write` since; that leads to the old
   * one.
   */
  close(): void {
    this.#open = false
    if (this.#stream.write !== this.#tapped) return
    if (this.#own) Object.defineProperty(this.#stream, 'write', this.#own)
    else Reflect.deleteProperty(this.#stream, 'write')
  }
}

/** The text of a chunk; empty for what a stream refuses. */
function textOf(chunk: unknown, encoding: unknown): string {
  if (typeof chunk === 'string') {
    const coded = typeof encoding === 'string' && Buffer.isEncoding(encoding)
    return coded ? Buffer.from(chunk, encoding).toString() : chunk
  }
  return chunk instanceof Uint8Array ? new TextDecoder().decode(chunk) : ''
}

/**
 * Both streams lead to one terminal: the error output may lead to a file, or to another terminal.
 */
function isSameTerminal(): boolean {
  if (!process.stderr.isTTY) return false
  try {
    return fstatSync(process.stdout.fd).rdev === fstatSync(process.stderr.fd).rdev
  } catch {
    return true
  }
}
