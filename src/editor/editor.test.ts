import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { BoundaryCache, nextBoundary } from '../terminal/grapheme.ts'
import { Editor, type EditorOptions } from './editor.ts'
import { EMACS } from './keys/emacs.ts'
import { KeyMap } from './keys/map.ts'
import { KillRing } from './line/kill-ring.ts'
import { BOUND } from './readline.suite.ts'

describe('effects', () => {
  it.each([
    ['', 'Enter', 'accept'],
    ['x', 'C-j', 'accept'],
    ['x', 'C-o', 'accept'],
    ['x', 'M-#', 'accept'],
    ['x', 'C-c', 'interrupt'],
    ['', 'C-d', 'end-of-file'],
    ['x', 'C-d', 'bell'],
    ['', 'Delete', 'bell'],
    ['x', 'Tab', 'complete'],
    ['x', 'M-?', 'possible-completions'],
    ['x', 'M-=', 'possible-completions'],
    ['x', 'M-*', 'insert-completions'],
    ['x', 'C-l', 'clear-screen'],
    ['x', 'M-C-l', 'clear-display'],
    ['x', 'C-z', 'ignored: none'],
    ['x', 'C-\\', 'ignored: none'],
    ['x', 'C-g', 'bell'],
    ['x', 'F5', 'bell'],
    ['x', 'C-a', 'edit'],
    ['', 'C-a', 'none'],
    ['x', 'C-x', 'none'],
    ['x', 'M-3', 'edit'],
    ['x', 'C-r', 'edit'],
  ])('%j then %s: %s', (text, key, effect) => {
    expect(begun(text).key(key)).toBe(effect.replace('ignored: ', ''))
  })

  it('text at the end of the line is an append, anywhere else an edit', () => {
    const editor = begun('ab')
    expect(editor.insert('c')).toBe('append')
    editor.key('Left')
    expect(editor.insert('x')).toBe('edit')
    expect(editor.insert('')).toBe('none')
  })

  it('text after a numeric argument is no append, though it goes in at the end: the prompt was another', () => {
    const editor = begun('ab')
    editor.key('M-1')
    expect(editor.insert('c')).toBe('edit')
  })

  it.each([['C-x'], ['C-]'], ['C-r'], ['M-p'], ['M-3']])('%s and then an interrupt is an interrupt', key => {
    const editor = begun('x')
    editor.key(key)
    expect(editor.key('C-c')).toBe('interrupt')
    expect(editor.prompt).toBe(undefined)
  })

  it('C-d held down deletes, and does not leave when the line is empty', () => {
    const editor = begun('ab')
    editor.key('C-a')
    expect(['C-d', 'C-d', 'C-d', 'C-d'].map(key => editor.key(key))).toEqual(['edit', 'edit', 'bell', 'bell'])
    editor.begin()
    expect(editor.key('C-d')).toBe('end-of-file')
  })
})

describe('prompts', () => {
  it.each([
    [['M-4'], '(arg: 4) '],
    [['M-1', 'M-2', "'3'"], '(arg: 123) '],
    [['M--'], '(arg: -1) '],
    [['M--', "'5'"], '(arg: -5) '],
    [['C-r'], "(reverse-i-search)`': "],
    [['C-r', "'be'"], "(reverse-i-search)`be': "],
    [['C-r', "'be'", 'C-s'], "(i-search)`be': "],
    [['C-r', "'bez'"], "(failed reverse-i-search)`bez': "],
    [['C-s', "'z'"], "(failed i-search)`z': "],
    [['M-p', "'be'"], ':'],
    [['C-r', "'be'", 'C-j'], undefined],
    [['C-r', 'C-g'], undefined],
    [['M-4', 'C-f'], undefined],
    [['C-x'], undefined],
    [['C-v'], undefined],
  ])('%j: %j', (inputs, prompt) => {
    const editor = begun('', { history: ['alpha beta'] })
    for (const input of inputs) give(editor, input)
    expect(editor.prompt).toBe(prompt)
  })

  it('a search shows its match in the place of the line, and leaves the line alone until it is over', () => {
    const editor = begun('draft', { history: ['alpha beta'] })
    editor.key('C-r')
    editor.insert('beta')
    expect([editor.text, editor.cursor]).toEqual(['alpha beta', 6])
    editor.key('C-g')
    expect([editor.text, editor.cursor]).toEqual(['draft', 5])
  })

  it('a key that ends a search is done: Enter accepts what was found', () => {
    const editor = begun('', { history: ['alpha beta'] })
    editor.key('C-r')
    editor.insert('alp')
    expect(editor.key('Enter')).toBe('accept')
    expect(editor.text).toBe('alpha beta')
  })
})

describe('lines', () => {
  it('a new line is empty, cannot be undone, and is in insert mode; the kill ring stays', () => {
    const editor = begun('one two')
    for (const key of ['C-w', 'Insert', 'Enter']) editor.key(key)
    editor.begin()
    expect(editor.text).toBe('')
    expect(editor.key('C-_')).toBe('bell')
    editor.key('C-y')
    editor.key('C-a')
    editor.insert('x')
    expect(editor.text).toBe('xtwo')
  })

  it('whatever was begun is forgotten with the line', () => {
    const editor = begun('', { history: ['alpha'] })
    for (const key of ['C-r', 'C-x', 'M-3', 'C-v', 'C-]']) {
      editor.key(key)
      editor.begin()
      editor.insert('x')
      expect([editor.text, editor.prompt]).toEqual(['x', undefined])
    }
  })

  it('kills of one line and the next do not join', () => {
    const editor = begun('one')
    editor.key('C-u')
    editor.begin()
    editor.insert('two')
    editor.key('C-u')
    editor.key('C-y')
    expect(editor.text).toBe('two')
  })

  it('without a history nothing is recalled', () => {
    const editor = begun('x')
    expect(['Up', 'Down', 'M-<', 'M->', 'M-.', 'PageUp'].map(key => editor.key(key))).toEqual(Array(6).fill('bell'))
  })

  it('operate-and-get-next keeps its place when the history pushes its oldest out', () => {
    const history = ['one', 'two', 'three']
    const editor = begun('', { history })
    for (const key of ['M-<', 'C-o']) editor.key(key)
    history.push('one')
    history.shift()
    editor.begin()
    expect(editor.text).toBe('two')
  })

  it('an entry in several lines is recalled and edited as one', () => {
    const editor = begun('', { history: ['echo "a\nb"'] })
    for (const key of ['Up', 'C-a', 'M-d']) editor.key(key)
    expect(editor.text).toBe(' "a\nb"')
  })

  it('a secret read by an editor of its own cannot be yanked by another, a shared ring can', () => {
    const kills = new KillRing(100)
    const [secret, first, second] = [begun('hidden'), begun('shown', { kills }), begun('', { kills })]
    for (const editor of [secret, first]) editor.key('C-u')
    second.key('C-y')
    expect(second.text).toBe('shown')
  })
})

describe('bounds', () => {
  it('typed text is taken as far as there is room, at any split', () => {
    for (let size = 1; size <= 8; size++) {
      const editor = begun('', { maxLength: 5 })
      const effects = pieces('abcd😀fg', size).map(piece => editor.insert(piece))
      expect(editor.text).toBe('abcd')
      expect([effects.at(-1), editor.overflowed]).toEqual(['bell', true])
    }
  })

  it('is missed no more when the line has been taken away, and what is typed then goes in, in any pieces', () => {
    const editor = new Editor({ maxLength: 4 })
    editor.begin()
    editor.insert('abcdef')
    editor.key('C-u')
    editor.insert('x')
    editor.insert('y')
    expect([editor.text, editor.overflowed]).toEqual(['xy', false])
  })

  it('a paste that does not fit is refused as a whole, and said to be missing until the next line', () => {
    const editor = begun('ab', { maxLength: 5 })
    expect([editor.paste('cdef'), editor.text, editor.overflowed]).toEqual(['bell', 'ab', true])
    editor.begin()
    expect(editor.overflowed).toBe(false)
  })

  it.each([
    ['a yank', ['C-u', 'C-y', 'C-y']],
    ['a repeated character', ['M-9', "'x'"]],
    ['a repeated tab', ['M-9', 'M-Tab']],
    ['a repeated quoted character', ['M-9', 'C-v', 'C-a']],
    ['the last word of the history', ['M-.']],
  ])('%s beyond the room rings, and nothing goes in', (_, inputs) => {
    const editor = begun('abcd', { maxLength: 7, history: ['long enough'] })
    expect(inputs.map(input => give(editor, input)).at(-1)).toBe('bell')
    expect([editor.text, editor.overflowed]).toEqual(['abcd', false])
  })

  it('a numeric argument beyond a million is given up with a bell', () => {
    const editor = begun('')
    editor.key('M-1')
    expect(editor.insert('0000000')).toBe('bell')
    expect(editor.prompt).toBe(undefined)
  })

  it('the string of a search ends at 256 characters', () => {
    const editor = begun('', { history: ['a'.repeat(1000)] })
    for (const key of ['C-r', 'M-p']) {
      editor.key(key)
      expect(editor.insert('a'.repeat(256))).toBe('edit')
      expect(editor.insert('a')).toBe('bell')
      expect(editor.paste('aa')).toBe('bell')
      editor.key('C-g')
    }
  })

  it('copying the region again and again does not grow the ring beyond the length of a line', () => {
    const editor = begun('abcdef', { maxLength: 20, keyMap: EMACS.bind({ 'M-w': 'copy-region-as-kill' }) })
    for (let times = 0; times < 10; times++) editor.key('M-w')
    editor.key('C-u')
    editor.key('C-y')
    expect(editor.text.length).toBeLessThanOrEqual(20)
  })

  it('the oldest changes are forgotten first', () => {
    const editor = begun('')
    for (let times = 0; times < 1500; times++) {
      editor.insert('x')
      editor.key('C-t')
      editor.key('C-a')
    }
    editor.key('M-r')
    expect(editor.text.length).toBeGreaterThan(100)
    expect(editor.key('C-_')).toBe('bell')
  })
})

describe('paste', () => {
  it('goes in as it is, with line ends made newlines, and is undone as one', () => {
    const editor = begun('ab')
    editor.key('Left')
    expect(editor.paste('1\r\n2\r3\n\x1b[A\t')).toBe('edit')
    expect(editor.text).toBe('a1\n2\n3\n\x1b[A\tb')
    editor.key('C-_')
    expect(editor.text).toBe('ab')
  })

  it('that comes in pieces is undone as one, with the mark at its beginning', () => {
    const editor = begun('a')
    editor.paste('one ')
    editor.paste('two ')
    editor.paste('three', true)
    editor.key('C-x')
    editor.key('C-x')
    expect(editor.cursor).toBe('aone '.length)
    editor.key('C-_')
    expect(editor.text).toBe('aone ')
    editor.key('C-_')
    expect(editor.text).toBe('a')
  })

  it('is looked for in a search, and ends what waits for one key', () => {
    const editor = begun('', { history: ['alpha beta'] })
    editor.key('C-r')
    editor.paste('beta')
    expect(editor.cursor).toBe(6)
    for (const key of ['C-x', 'C-v', 'C-]', 'M-3']) {
      editor.begin()
      editor.key(key)
      editor.paste('p')
      editor.insert('q')
      expect(editor.text).toBe('pq')
    }
  })
})

describe('search and quotation by keys that are characters', () => {
  it('finds a tab, and quotes one', () => {
    const editor = begun('a')
    for (const key of ['C-v', 'Tab', 'C-a', 'C-]', 'Tab']) editor.key(key)
    expect([editor.text, editor.cursor]).toEqual(['a\t', 1])
  })

  it('rings where a key is no single character', () => {
    const editor = begun('a')
    editor.key('C-]')
    expect([editor.key('Up'), editor.text]).toEqual(['bell', 'a'])
  })

  it('quotes what the terminal has sent for a key, or what an xterm sends', () => {
    const editor = begun('a')
    editor.key('C-v')
    expect([editor.key('Up', '\x1bOA'), editor.text]).toEqual(['edit', 'a\x1bOA'])
    editor.key('C-v')
    expect([editor.key('M-f'), editor.text]).toEqual(['edit', 'a\x1bOA\x1bf'])
    const full = new Editor({ maxLength: 2 })
    full.key('C-v')
    expect([full.key('Up'), full.text]).toEqual(['bell', '\x1b['])
  })
})

describe('replace', () => {
  it('puts a completion in, with the cursor after it, as one undo step', () => {
    const editor = begun('say hel you')
    editor.key('M-b')
    editor.replace(4, 7, 'hello')
    expect([editor.text, editor.cursor]).toEqual(['say hello you', 9])
    editor.key('C-_')
    expect(editor.text).toBe('say hel you')
  })
})

describe('characters bound to actions', () => {
  const keyMap = new KeyMap({
    x: 'backward-delete-char',
    'g g': 'beginning-of-line',
    ' ': 'accept-line',
    'M-x': 'abort',
  })

  it('are no text, alone and in sequences; others are', () => {
    const editor = begun('', { keyMap })
    editor.insert('abxcggd')
    expect(editor.text).toBe('dac')
  })

  it('leave what follows unread where they ask for something first', () => {
    const editor = begun('', { keyMap })
    expect(editor.insert('ab cd')).toBe('accept')
    expect([editor.text, editor.unread]).toEqual(['ab', 'cd'])
    editor.begin()
    expect([editor.insert('cd'), editor.unread]).toEqual(['edit', ''])
  })
})

describe('grapheme clusters', () => {
  const FAMILY = '👩‍👩‍👧'
  it.each([
    ['one key deletes one', `a${FAMILY}`, ['Backspace'], 'a'],
    ['one key moves over one', `${FAMILY}b`, ['Left', 'Left', "'x'"], `x${FAMILY}b`],
    ['transpose-chars keeps them whole', `e\u0301${FAMILY}`, ['C-t'], `${FAMILY}e\u0301`],
    ['overwriting replaces a whole one', `${FAMILY}b`, ['C-a', 'Insert', "'x'"], 'xb'],
    ['a mark joins what it was typed after, also when overwriting', 'abc', ['C-a', 'Insert', "'e\u0301'"], 'e\u0301bc'],
    ['the cursor leaves a cluster that a deletion has joined', '🇩-🇪', ['C-a', 'Right', 'C-d', "'x'"], '🇩🇪x'],
    ['a mark within one is read as its end', FAMILY, ['M-2', 'C-@', 'C-a', 'C-x', "'k'"], ''],
  ])('%s', (_, start, inputs, end) => {
    const editor = begun(start, { keyMap: EMACS.bind(BOUND) })
    for (const input of inputs) give(editor, input)
    expect(editor.text).toBe(end)
  })
})

describe('the boundaries of a line', () => {
  const flags = '🇩🇪🇫🇷🇮🇹'

  it('are kept where a cache is given, until the next line begins', () => {
    const boundaries = new BoundaryCache()
    const editor = begun(flags, { boundaries })
    editor.key('C-b')
    expect(boundaries.text).toBe(flags)
    editor.key('Enter')
    editor.begin()
    expect(boundaries.text).toBe('')
  })

  it('are kept for an entry that is recalled, too', () => {
    const boundaries = new BoundaryCache()
    const editor = begun('', { boundaries, history: [flags] })
    for (const key of ['Up', 'C-b']) editor.key(key)
    expect(boundaries.text).toBe(flags)
  })

  it.each(['C-b', 'M-b'])('are found anew for each %s of a line without a cache', key => {
    const editor = begun(`${flags} `)
    const read = vi.spyOn(Intl.Segmenter.prototype, 'segment')
    const counts = [0, 1].map(() => {
      editor.key('C-e')
      read.mockClear()
      for (const each of [key, key]) editor.key(each)
      return read.mock.calls.length
    })
    read.mockRestore()
    expect(counts[0]).toBeGreaterThan(0)
    expect(counts[1]).toBe(counts[0])
  })
})

it('a search never takes half a character of a line that it has failed in', () => {
  const editor = new Editor({ history: ['😀😀'] })
  editor.begin()
  for (const input of ['C-r', "'😀'", "'x'", 'C-y']) give(editor, input)
  expect(editor.prompt).toBe("(failed reverse-i-search)`😀x': ")
})

describe('a mode that is over', () => {
  it.each([
    ['M--', 'C-a'],
    ['M-0', "'x'"],
    ['C-r', 'Escape'],
  ])('after %s and %s has taken its prompt along, which is a change', (begin, end) => {
    const editor = new Editor()
    editor.begin()
    give(editor, begin)
    expect(editor.prompt).toBeDefined()
    expect(give(editor, end)).toBe('edit')
    expect(editor.prompt).toBeUndefined()
  })

  it('Escape alone is no key: what is about to be repeated still is', () => {
    const editor = new Editor()
    editor.begin()
    for (const input of ['M-3', 'Escape', "'x'"]) give(editor, input)
    expect(editor.text).toBe('xxx')
  })
})

describe('whatever is typed', () => {
  const keyMap = EMACS.bind(BOUND)
  const KEYS = [...new Set(Array.from(EMACS.entries(), ([keys]) => keys.split(' ')).flat())].filter(
    key => !['Enter', 'C-j', 'C-o', 'C-c', 'M-#'].includes(key),
  )
  const text = fc.constantFrom(
    ...'abdfklnptuw',
    'word ',
    'é日本',
    'e',
    '\u0301',
    '\u200d',
    '👩',
    '👩‍👩‍👧',
    '🇩',
    '🇪',
    '"',
    '-',
    '7',
    '\r',
  )
  const input = fc.oneof(
    fc.constantFrom(...KEYS).map(key => ({ key })),
    text.map(text => ({ text })),
    text.map(paste => ({ paste })),
  )
  type Input = { key?: string; text?: string; paste?: string }
  const feed = (editor: Editor, { key, text, paste }: Input): void => {
    if (key !== undefined) editor.key(key)
    else if (text !== undefined) editor.insert(text)
    else editor.paste(paste!)
  }
  const HISTORY = ['first', 'second e\u0301\u0301 👩‍👩‍👧 word', 'third "a b" c\nd']

  it('the cursor is on a boundary, no character is cut, and the line within its bound', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), (inputs: Input[]) => {
        const editor = begun('', { history: HISTORY, keyMap, maxLength: 60 })
        for (const one of inputs) {
          feed(editor, one)
          expect(boundaries(editor.text)).toContain(editor.cursor)
          expect(editor.text).not.toMatch(/\p{Surrogate}/u)
          expect(editor.text.length).toBeLessThanOrEqual(60)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('revert-line brings back what the line began with', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), (inputs: Input[]) => {
        const editor = begun('')
        for (const one of inputs) feed(editor, one)
        for (const key of ['C-g', 'M-r', 'M-r']) editor.key(key)
        expect(editor.text).toBe('')
      }),
      { numRuns: 500 },
    )
  })

  it('the cut into runs makes no difference, to the text and to undo', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 40 }), fc.nat(5), (texts, undos) => {
        const [whole, parted] = [begun(''), begun('')]
        whole.insert(texts.join(''))
        for (const character of texts.join('')) parted.insert(character)
        for (let left = undos; left > 0; left--) for (const editor of [whole, parted]) editor.key('C-_')
        expect([parted.text, parted.cursor]).toEqual([whole.text, whole.cursor])
      }),
    )
  })
})

function begun(text: string, options: EditorOptions = {}): Editor {
  const editor = new Editor(options)
  editor.begin()
  editor.insert(text)
  return editor
}

function give(editor: Editor, input: string): string {
  return input.startsWith("'") ? editor.insert(input.slice(1, -1)) : editor.key(input)
}

/** Splits a text into pieces of at most `size` characters. */
function pieces(text: string, size: number): string[] {
  return text.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []
}

function boundaries(text: string): number[] {
  const found = [0]
  for (let at = 0; at < text.length; at = found.at(-1)!) found.push(nextBoundary(text, at))
  return found
}

it('searches backward only in entries that hold what is searched', () => {
  const editor = new Editor({ history: ['aab', 'aaa', 'aaaa'] })
  editor.begin()
  const lastIndexOf = vi.spyOn(String.prototype, 'lastIndexOf')
  editor.key('C-r')
  editor.insert('aab')
  expect(editor.text).toBe('aab')
  const searched = lastIndexOf.mock.contexts.filter((_, index) => lastIndexOf.mock.calls[index]![0] === 'aab')
  expect(searched.map(String)).toEqual(['aab'])
  lastIndexOf.mockRestore()
})
