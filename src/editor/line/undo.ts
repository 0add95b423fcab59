/**
 * What was done to a line, so that it can be undone: Readline's undo list. Text that is typed joins
 * the insertion before it until that holds 20 characters; everything else is a step of its own, and
 * a group is undone as one.
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

  /** Text was typed at `start`: the same steps come out however the text was cut into runs. */
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

  /** `continues`: it belongs to the insertion before it, where that ends there. */
  inserted(start: number, end: number, continues: boolean = false): void {
    const last = continues ? this.#edits.at(-1) : undefined
    if (last?.deleted === undefined && last?.end === start && last.group === this.#group) last.end = end
    else this.#push({ start, end, deleted: undefined, group: this.#group })
  }

  deleted(text: string, start: number): void {
    this.#push({ start, end: start, deleted: text, group: this.#group })
  }

  /** Everything that `change` does is one step; a group within a group belongs to it. */
  group(change: () => void): void {
    if (this.#depth++ === 0) this.#group = ++this.#groups
    change()
    if (--this.#depth === 0) this.#group = 0
  }

  /** Takes the newest step off: its edits in the order in which they are to be taken back. */
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
 * Never pushed to: what is pushed to has room for 17 at once, and most lines are typed in a step or
 * two.
 */
const NONE: Edit[] = []

/**
 * `deleted` was taken out at `start`, or, where it is undefined, what stands from `start` to `end`
 * was put in.
 */
export interface Edit {
  readonly start: number
  end: number
  readonly deleted: string | undefined
  /** 0: a step of its own. */
  readonly group: number
}

/** Readline's own figure. */
const TYPED_STEP_CHARS = 20

/**
 * The oldest edits are forgotten beyond these: Readline keeps all of them, but its user's memory is
 * not ours.
 */
const MAX_EDITS = 1000
const MAX_DELETED_CHARS = 256 * 1024

/** A step that would end within a surrogate pair takes the whole of it. */
function stepEnd(text: string, end: number): number {
  return (text.charCodeAt(end) & 0xfc00) === 0xdc00 ? end + 1 : end
}
