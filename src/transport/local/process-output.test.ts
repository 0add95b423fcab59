import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProcessOutput } from './process-output.ts'

const written = vi.fn<(...given: unknown[]) => boolean>(() => true)

function writeOf(): (...given: unknown[]) => boolean {
  return Reflect.get(process.stdout, 'write') as (...given: unknown[]) => boolean
}

describe('what a process writes on its terminal', () => {
  const inherited = writeOf()
  const own = Object.getOwnPropertyDescriptor(process.stdout, 'write')

  beforeEach(() => {
    written.mockClear()
    process.stdout.write = written
  })

  afterEach(() => {
    if (own) Object.defineProperty(process.stdout, 'write', own)
    else Reflect.deleteProperty(process.stdout, 'write')
    expect(writeOf()).toBe(inherited)
  })

  it('is seen before it is written, and written as it was given', () => {
    const seen: string[] = []
    const output = new ProcessOutput(text => {
      expect(written).toHaveBeenCalledTimes(seen.length)
      seen.push(text)
    })
    const done = (): void => {}
    process.stdout.write('text')
    process.stdout.write(Buffer.from('grün'), done)
    process.stdout.write('67c3bc', 'hex', done)
    output.close()
    expect(seen).toEqual(['text', 'grün', 'gü'])
    expect(written.mock.calls).toEqual([['text'], [Buffer.from('grün'), done], ['67c3bc', 'hex', done]])
  })

  it('is not seen when it is written past it, nor while it is seen', () => {
    const seen: string[] = []
    const output = new ProcessOutput(text => {
      seen.push(text)
      process.stdout.write('within')
      output.write('past')
    })
    process.stdout.write('text')
    output.write('past')
    output.close()
    expect(seen).toEqual(['text'])
    expect(written.mock.calls).toEqual([['within'], ['past'], ['text'], ['past']])
  })

  it('is not seen when it is empty, or what a stream refuses', () => {
    const seen = vi.fn<() => void>()
    const output = new ProcessOutput(seen)
    process.stdout.write('')
    Reflect.apply(writeOf(), process.stdout, [null])
    Reflect.apply(writeOf(), process.stdout, ['text', 'no encoding'])
    output.close()
    expect(seen).toHaveBeenCalledTimes(1)
    expect(written).toHaveBeenCalledTimes(3)
  })

  it('is seen no more after the end, and the stream is exactly as it was', () => {
    const seen = vi.fn<() => void>()
    new ProcessOutput(seen).close()
    expect(writeOf()).toBe(written)
    Reflect.deleteProperty(process.stdout, 'write')
    const method = writeOf()
    new ProcessOutput(seen).close()
    expect(Object.hasOwn(process.stdout, 'write')).toBe(false)
    expect(writeOf()).toBe(method)
  })

  it('leaves alone at the end what somebody else has put over it', () => {
    const seen = vi.fn<() => void>()
    const output = new ProcessOutput(seen)
    const below = process.stdout.write.bind(process.stdout)
    const above = (text: string | Uint8Array): boolean => below(text)
    process.stdout.write = above
    output.close()
    expect(writeOf()).toBe(above)
    process.stdout.write('text')
    expect(written.mock.calls).toEqual([['text']])
    expect(seen).not.toHaveBeenCalled()
  })
})
