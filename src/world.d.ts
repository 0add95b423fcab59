/**
 * The web-standard globals that the pure rooms may use. Nothing else exists there: no socket, no
 * timer, no process.
 */
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: any
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare var AbortController: { new (): AbortController }
interface TextDecoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string
}
declare var TextDecoder: { new (encoding?: 'utf-8', options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder }
interface TextEncoder {
  encode(text: string): Uint8Array
}
declare var TextEncoder: { new (): TextEncoder }

// The wall's own alarm: this line must stay an error. If it compiles, some import has let Node's
// types in.
// @ts-expect-error
type NodeLeaked = typeof process
