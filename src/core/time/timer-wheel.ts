/** An item with a deadline. */
export interface WheelItem {
  /** Its slot on the wheel; the wheel sets it. */
  slot: number | undefined
}

/** The wheel's precision in milliseconds: an item is due at the next multiple of it. */
export const TICK_MS = 1000

/**
 * Deadlines of many items, for one timer: all that are due in the same second share a slot. Adding,
 * moving and removing cost the same for any number; idle items cost nothing until they are due.
 */
export class TimerWheel<Item extends WheelItem> {
  readonly #slots: Map<number, Set<Item>> = new Map()
  #last = -Infinity
  /** No later than the first used slot. */
  #first = Infinity

  get empty(): boolean {
    return this.#slots.size === 0
  }

  /**
   * When to call `take` next, in milliseconds: when the first item is due, or sooner if that item
   * was removed. `Infinity` while empty.
   */
  get next(): number {
    return this.#first * TICK_MS
  }

  /**
   * Sets an item's deadline, replacing the earlier one: no sooner than `due`, in milliseconds, and
   * not a tick later. `Infinity` for never.
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

  /** Removes and returns all items due by now. Call it at `next`; a later call catches up. */
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
