import { describe, expect, it } from 'vitest'
import type { Terminal } from '../../core/connection.ts'
import type { Picture } from '../../terminal/layout.ts'
import { settled } from '../../testing/manual-clock.ts'
import { MemoryConnection } from '../../testing/memory-connection.ts'
import { Screen } from './screen.ts'

const ON = '\x1b[?2004h'
const OFF = '\x1b[?2004l'

/**
 * Returns a screen, what it is to show, and a function that returns what was written since its last
 * call.
 */
function on(terminal: Partial<Terminal> | false = {}) {
  const connection = new MemoryConnection({ terminal })
  const screen = new Screen(connection)
  const shown: { picture: Picture } = { picture: { prompt: '> ', text: '', cursor: 0 } }
  const type = (text: string) => (shown.picture = { ...shown.picture, text, cursor: text.length })
  const written = () => {
    const { output } = connection
    connection.output = ''
    return output
  }
  return { connection, screen, type, written, input: { picture: () => shown.picture } }
}

describe('a screen', () => {
  it('shows input from column 0, in a row of its own where output has left the cursor elsewhere', () => {
    const { screen, input, written } = on()
    screen.write('50 %')
    screen.open(input)
    expect(written()).toBe(`50 %${ON}\n> `)
  })

  it('writes of an update what has changed, of text at the end that text', () => {
    const { screen, input, type, written } = on()
    screen.open(input)
    written()
    expect(screen.append('a')).toBe(true)
    type('ab')
    screen.update()
    type('a')
    screen.update()
    expect(written()).toBe('ab\b\x1b[K')
  })

  it('lifts the input for output, and lets it down when the turn is over', async () => {
    const { screen, input, type, written } = on()
    screen.open(input)
    type('abc')
    screen.update()
    written()
    screen.write('one\n')
    screen.writeLines('two')
    expect(screen.append('d')).toBe(false)
    expect(written()).toBe('\r\x1b[Jone\ntwo\n')
    await settled()
    expect(written()).toBe('> abc')
  })

  it('lifts the input in the write of what goes above it, unless that goes another way', async () => {
    const { connection, screen, input } = on()
    const writes: string[] = []
    connection.onWrite = text => void writes.push(text)
    screen.open(input)
    writes.length = 0
    screen.writeLines('one')
    screen.writeLines('two')
    await settled()
    expect(writes).toEqual(['\r\x1b[Jone\n', 'two\n', `> `])
    screen.writeLines('error', 'stderr')
    expect(writes.slice(3)).toEqual(['\r\x1b[J', 'error\n'])
  })

  it('goes below the input when it is over', () => {
    const { screen, input, type, written } = on()
    screen.open(input)
    type('abc')
    screen.update()
    written()
    screen.close(false)
    screen.write('x')
    expect(written()).toBe(`\n${OFF}x`)
  })

  it('leaves the input standing, and shows it anew below', async () => {
    const { screen, input, written } = on()
    screen.open(input)
    written()
    screen.leave()
    screen.write('a list\n')
    screen.restore()
    expect(written()).toBe('\na list\n> ')
    await settled()
    expect(written()).toBe('')
  })

  it('takes the input off without a trace', () => {
    const { screen, input, written } = on()
    screen.open(input)
    written()
    screen.drop()
    expect(written()).toBe(`\r\x1b[J${OFF}`)
  })

  it('is cleared with the input at its top, and drawn again from nothing', () => {
    const { screen, input, written } = on()
    screen.open(input)
    written()
    screen.clear()
    expect(written()).toBe('\x1b[H\x1b[2J> ')
    screen.redraw()
    expect(written()).toBe('\r\x1b[J> ')
  })
})

describe('a plain terminal', () => {
  it('gets no sequence at all', async () => {
    const { screen, input, type, written } = on({ type: 'dumb' })
    screen.open(input)
    type('abc')
    screen.update()
    screen.writeLines('News!')
    screen.clear()
    await settled()
    screen.close(false)
    expect(written()).toBe('> abc\r     \rNews!\n> abc\n')
  })
})

describe('where the peer’s side shows what is typed', () => {
  it('only the prompt is written, and again after output', async () => {
    const { screen, input, type, written } = on({ input: 'line' })
    screen.open(input)
    type('abc')
    screen.update()
    expect(screen.append('d')).toBe(true)
    screen.writeLines('News!')
    await settled()
    screen.close(false)
    expect(written()).toBe('> \nNews!\n> ')
  })

  it('the end of an unseen line is written, since it was not seen either', () => {
    const { screen, input, written } = on({ input: 'line' })
    screen.open(input)
    screen.close(true)
    expect(written()).toBe('> \n')
  })
})

describe('a pipe', () => {
  it('gets output alone: no prompt, no bell', async () => {
    const { screen, input, written } = on(false)
    screen.open(input)
    screen.bell()
    screen.writeLines('News!')
    await settled()
    screen.close(false)
    expect(written()).toBe('News!\n')
  })
})

describe('a terminal that changes', () => {
  it('is drawn to anew when its size has changed, and only then', async () => {
    const { connection, screen, input, written } = on()
    const change = (terminal: Partial<Terminal>) => screen.change({ ...connection.terminal!, ...terminal })
    screen.open(input)
    written()
    change({ encoding: 'latin1' })
    expect(written()).toBe('')
    change({ columns: 40 })
    await settled()
    expect(written()).toBe('\r\x1b[J> ')
  })

  it('is drawn to once, however many sizes it has had in a turn', async () => {
    const { connection, screen, input, written } = on()
    screen.open(input)
    written()
    for (let columns = 20; columns < 60; columns++) screen.change({ ...connection.terminal!, columns })
    await settled()
    expect(written()).toBe('\r\x1b[J> ')
  })

  it('in size while nothing is shown is written nothing', () => {
    const { connection, screen, written } = on()
    screen.change({ ...connection.terminal!, columns: 40 })
    expect(written()).toBe('')
  })
})
