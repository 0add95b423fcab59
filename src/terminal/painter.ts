import type { Frame } from './frame.ts'

/**
 * Draws frames on a screen, beginning at column 0. Each method returns the output to write; `\n` in
 * it goes to the first column of the next row. Nothing else may write while a frame is on the
 * screen: `erase` it first, and `paint` it again.
 */
export interface Painter {
  /** Replaces the current frame by this one. */
  paint(frame: Frame): string
  /**
   * The quick way for plain text typed at the end. Returns its output, and the frame counts as
   * drawn. Returns `undefined` if the cursor is not at the end, the row would be full, or the text
   * is not all printable ASCII: the frame must be painted.
   */
  append(run: string): string | undefined
  /** Erases the input: the cursor is then at column 0 of its first row, and no frame is drawn. */
  erase(): string
  /**
   * Leaves the input on the screen: the cursor is then at column 0 below it, and no frame is drawn.
   */
  finish(): string
  /**
   * Adopts rows that other code has drawn above the cursor's row, and draws that row at the cursor.
   */
  adopt(frame: Frame): string
  /** Forgets the frame after the screen was cleared. */
  forget(): void
  /**
   * Follows a new window size. The next frame is drawn in whole, from where this one is believed to
   * be.
   */
  resized(columns: number, rows: number): string
}
