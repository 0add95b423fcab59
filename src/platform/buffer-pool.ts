/** The bytes of each of a pool's buffers. */
export const POOLED_BYTES: number = 128 * 1024
/**
 * The most buffers of a pool, 16 MiB: as many stalled peers can hold all of them, and the others do
 * without.
 */
export const MOST_POOLED = 128

/**
 * Memory that is reused. A buffer of 64 KiB that lives longer than a moment is freed only by a full
 * garbage collection, and hastens one. For some milliseconds no session runs then.
 */
export class BufferPool {
  readonly #free: Buffer[] = []
  #made = 0

  /** The number of buffers to reuse. */
  get free(): number {
    return this.#free.length
  }

  /**
   * Returns a buffer, or `undefined` if all are in use. Overwrite its bytes, which are another
   * user's.
   */
  take(): Buffer | undefined {
    return this.#free.pop() ?? this.#make()
  }

  /**
   * Returns a buffer to the pool. Call it once, and only after its last use: the next one may be
   * another user's.
   */
  giveBack(buffer: Buffer): void {
    this.#free.push(buffer)
  }

  #make(): Buffer | undefined {
    if (this.#made === MOST_POOLED) return undefined
    this.#made += 1
    return Buffer.allocUnsafeSlow(POOLED_BYTES)
  }
}

/** Shared by all servers of this thread. */
export const BUFFERS: BufferPool = new BufferPool()
