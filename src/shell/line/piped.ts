/**
 * Gathers the lines of a pipe, where nothing is edited because there is no terminal. LF ends a
 * line, and so does CR LF, wherever the input is split. Any other CR is part of its line.
 */
export class PipedLine {
  #text = ''
  #overflowed = false
  /** Whether a CR has come last: half of a line end, or part of the line. */
  #afterReturn = false

  /**
   * Takes input from an index on. Returns the index after the line's end, or `undefined` if the
   * line continues.
   */
  feed(text: string, from: number, maxLength: number): number | undefined {
    const end = text.indexOf('\n', from)
    const last = end < 0 ? text.length : end
    if (last > from) {
      if (this.#afterReturn) this.#add('\r', maxLength)
      this.#afterReturn = text.charCodeAt(last - 1) === RETURN
      this.#add(text.slice(from, this.#afterReturn ? last - 1 : last), maxLength)
    }
    return end < 0 ? undefined : end + 1
  }

  /** Whether nothing of the line has arrived. */
  get empty(): boolean {
    return this.#text === '' && !this.#overflowed
  }

  /** Returns the line, and begins the next one. */
  take({ maxLength }: { readonly maxLength: number }): { text: string; overflowed: boolean; maxLength: number } {
    const line = { text: this.#text, overflowed: this.#overflowed, maxLength }
    this.forget()
    return line
  }

  /** Drops what has arrived of the line. */
  forget(): void {
    this.#text = ''
    this.#overflowed = this.#afterReturn = false
  }

  #add(text: string, maxLength: number): void {
    this.#overflowed ||= this.#text.length + text.length > maxLength
    if (!this.#overflowed) this.#text += text
  }
}

const RETURN = 0x0d
