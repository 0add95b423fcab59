import type { Surface } from '../../terminal/frame.ts'
import type { Picture } from '../../terminal/layout.ts'
import { cutToWidth } from '../render/table.ts'

/**
 * Returns a picture with rows above it, each cut at the edge. `alone`: nothing is being read, and
 * the picture has only these rows.
 */
export function withStatus(picture: Picture, status: readonly string[], alone: boolean, surface: Surface): Picture {
  const rows = status.map(row => cutToWidth(row, surface.columns - 1, surface.width))
  return { ...picture, prompt: (alone ? rows : [...rows, picture.prompt]).join('\n') }
}
