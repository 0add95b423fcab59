import type { Frame } from './frame.ts'

/**
 * Draws frames on a screen whose cursor it has found at column 0. Each method returns what is to be
 * written; `\n` in it goes to the first column of the next row. Nothing else may write while a
 * frame stands there: `erase` it first, and `paint` it again.
 */
export interface Painter {
  /** From what stands there to this frame. */
  paint(frame: Frame): string
  /**
   * The quick way for plain text typed at the end: what is to be written for it, and the frame
   * counts as drawn; `undefined` where it must be painted, because the cursor is not at the end,
   * the row would be full, or the text is not all printable ASCII.
   */
  append(run: string): string | undefined
  /**
   * Takes the input off the screen: the cursor is then at column 0 of its first row, and nothing
   * stands there.
   */
  erase(): string
  /**
   * Leaves the input standing: the cursor is then at column 0 below it, and nothing stands there.
   */
  finish(): string
  /**
   * The rows above the cursor's stand there already, drawn by somebody else; its row is drawn where
   * the cursor is now.
   */
  adopt(frame: Frame): string
  /** The screen has been cleared: nothing stands there. */
  forget(): void
  /**
   * The window has another size. The next frame is drawn in whole, from where this one is believed
   * to be.
   */
  resized(columns: number, rows: number): string
}
