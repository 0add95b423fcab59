/** Something that is to be looked at, at a time. */
export interface WheelItem {
  /** Where on the wheel it stands: the wheel's own note. */
  slot: number | undefined
}

/** How exact the wheel is, in milliseconds: what is due comes at the next multiple of it. */
export const TICK_MS = 1000

/**
 * Deadlines of many, for one timer: who is due in the same second stands in the same slot. Filing,
 * moving and taking away cost the same however many there are, and idle ones cost nothing until
 * they are due.
 */
export class TimerWheel<Item extends WheelItem> {
  readonly #slots: Map<number, Set<Item>> = new Map()
  #last = -Infinity
  /** No later than the first slot that is taken. */
  #first = Infinity

  get empty(): boolean {
    return this.#slots.size === 0
  }

  /**
   * When to take from it next, in milliseconds: when the first is due, or sooner where that one has
   * been taken away. `Infinity` while it is empty.
   */
  get next(): number {
    return this.#first * TICK_MS
  }

  /**
   * Has an item looked at no sooner than `due`, in milliseconds, and not a tick later; instead of
   * when it was to be before. `Infinity`: never.
   */
  schedule(item: Item, due: number): void {
    const slot = due === Infinity ? undefined : Math.max(Math.ceil(due / TICK_MS), this.#last + 1)
    if (slot === item.slot) return
    this.remove(item)
    if (slot === undefined) return
    item.slot = slot
    this.#first = Math.min(this.#first, slot)
    const others = this.#slots.get(slot)
    if (others === undefined) this.#slots.set(slot, new Set([item]))
    else others.add(item)
  }

  remove(item: Item): void {
    if (item.slot === undefined) return
    const slot = this.#slots.get(item.slot)
    slot?.delete(item)
    if (slot?.size === 0) this.#slots.delete(item.slot)
    if (this.empty) this.#first = Infinity
    item.slot = undefined
  }

  /**
   * Takes away all that is due by now. To be called when it is `next`; a later call makes up for
   * it.
   */
  take(now: number): Item[] {
    this.#last = Math.floor(now / TICK_MS)
    this.#first = Infinity
    const late: number[] = []
    for (const slot of this.#slots.keys()) {
      if (slot <= this.#last) late.push(slot)
      else this.#first = Math.min(this.#first, slot)
    }
    const due = late.sort((a, b) => a - b).flatMap(slot => [...(this.#slots.get(slot) ?? [])])
    for (const item of due) this.remove(item)
    return due
  }
}
