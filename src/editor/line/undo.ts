/**
 * The changes of a line, so that they can be undone: Readline's undo list. Typed text joins the
 * insertion before it until that holds 20 characters. Everything else is a step of its own, and a
 * group is undone as one.
 */
export class UndoList {
  #edits: Edit[] = NONE
  #units = 0
  #group = 0
  #depth = 0
  #groups = 0

  get empty(): boolean {
    return this.#edits.length === 0
  }

  /** Records text typed at `start`. Any split into runs makes the same steps. */
  typed(text: string, start: number): void {
    for (let at = 0; at < text.length;) {
      const last = this.#edits.at(-1)
      const joins =
        last?.deleted === undefined &&
        last?.end === start + at &&
        last.end - last.start < TYPED_STEP_CHARS &&
        last.group === this.#group
      const most = at + TYPED_STEP_CHARS - (joins ? last.end - last.start : 0)
      const end = most < text.length ? stepEnd(text, most) : text.length
      if (joins) last.end = start + end
      else this.inserted(start + at, start + end)
      at = end
    }
  }

  /**
   * Records an insertion. If it `continues`, it belongs to the insertion before it, provided that
   * one ends there.
   */
  inserted(start: number, end: number, continues: boolean = false): void {
    const last = continues ? this.#edits.at(-1) : undefined
    if (last?.deleted === undefined && last?.end === start && last.group === this.#group) last.end = end
    else this.#push({ start, end, deleted: undefined, group: this.#group })
  }

  deleted(text: string, start: number): void {
    this.#push({ start, end: start, deleted: text, group: this.#group })
  }

  /** Makes one step of everything that `change` does; an inner group belongs to the outer one. */
  group(change: () => void): void {
    if (this.#depth++ === 0) this.#group = ++this.#groups
    change()
    if (--this.#depth === 0) this.#group = 0
  }

  /** Removes the newest step, and returns its edits in the order in which to undo them. */
  take(): Edit[] {
    const step: Edit[] = []
    let group: number
    do {
      const edit = this.#edits.pop()
      if (edit === undefined) break
      this.#units -= edit.deleted?.length ?? 0
      group = edit.group
      step.push(edit)
    } while (group !== 0 && this.#edits.at(-1)?.group === group)
    return step
  }

  #push(edit: Edit): void {
    if (this.#edits.length === 0) this.#edits = [edit]
    else this.#edits.push(edit)
    this.#units += edit.deleted?.length ?? 0
    while (this.#edits.length > MAX_EDITS || (this.#units > MAX_DELETED_CHARS && this.#edits.length > 1)) {
      this.#units -= this.#edits.shift()!.deleted?.length ?? 0
    }
  }
}

/**
 * Never pushed to: the first push allocates room for 17, and most lines are typed in a step or two.
 */
const NONE: Edit[] = []

/**
 * One edit: `deleted` was removed at `start`; if it is undefined, the text from `start` to `end`
 * was inserted.
 */
export interface Edit {
  readonly start: number
  end: number
  readonly deleted: string | undefined
  /** 0 for a step of its own. */
  readonly group: number
}

/** Readline's figure. */
const TYPED_STEP_CHARS = 20

/**
 * The oldest edits beyond these are dropped. Readline keeps all of them, but in its user's memory,
 * not in a server's.
 */
const MAX_EDITS = 1000
const MAX_DELETED_CHARS = 256 * 1024

/** Returns the end of a step: one that would end within a surrogate pair takes the whole pair. */
function stepEnd(text: string, end: number): number {
  return (text.charCodeAt(end) & 0xfc00) === 0xdc00 ? end + 1 : end
}
