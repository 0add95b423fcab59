/** Bytes in each of a pool's buffers. */
export const POOLED_BYTES: number = 128 * 1024
/** How many a pool has at most, 16 MiB: as many peers that do not read can have all of them, and the others do without. */
export const MOST_POOLED = 128

/**
 * Memory that is used again and again. A buffer of 64 KiB that lives for more than a moment is freed only when all garbage is collected, and brings that nearer: for some
 * milliseconds nobody is served then.
 */
export class BufferPool {
  readonly #free: Buffer[] = []
  #made = 0

  /** How many wait to be used again. */
  get free(): number {
    return this.#free.length
  }

  /** `undefined` where all are in use. What is in it is somebody else's, and to be written over. */
  take(): Buffer | undefined {
    return this.#free.pop() ?? this.#make()
  }

  /** Once, and only when nobody will look at it again: the next one may be another user's. */
  giveBack(buffer: Buffer): void {
    this.#free.push(buffer)
  }

  #make(): Buffer | undefined {
    if (this.#made === MOST_POOLED) return undefined
    this.#made += 1
    return Buffer.allocUnsafeSlow(POOLED_BYTES)
  }
}

/** All that is served by this thread shares them. */
export const BUFFERS: BufferPool = new BufferPool()
