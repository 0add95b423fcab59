import { sequenceOf } from '../../src/terminal/key.ts'

/** What is typed into Readline and into answerback, to compare the screens after every key: a history, keys in between, and the width of the screen. */
export interface ScreenCase {
  readonly name: string
  readonly columns: number
  readonly history: readonly string[]
  /** Keys by name, `'text'` typed at once, `paste:text` (bracketed; `\n` for a line end), `resize:60` to so many columns. */
  readonly keys: readonly string[]
}

/** What a terminal sends for one of `keys`. */
export function bytesOf(key: string): string {
  if (key.startsWith("'")) return key.slice(1, -1)
  if (key.startsWith('paste:')) return `\x1b[200~${key.slice(7, -1)}\x1b[201~`
  return sequenceOf(key)
}

/** The width that one of `keys` makes the screen, if it does. */
export function columnsOf(key: string): number | undefined {
  return key.startsWith('resize:') ? Number(key.slice(7)) : undefined
}

export const ROWS = 12
/** Words that complete behind `echo`, and behind `many`. */
export const WORDS: readonly string[] = ['alpha', 'alpine', 'beta', 'gamma', 'gamut', 'zebra-crossing']
export const MANY: readonly string[] = Array.from({ length: 120 }, (_, index) => `x${String(index).padStart(3, '0')}`)

const FOX = 'echo the quick brown fox jumps over the lazy dog and runs away from all of them twice'
const WIDE = 'echo 日本語の文字は二桁の幅を取るので行の端では折り返しが早くなることがある'
const HISTORY = ['echo one', `${FOX} again`, 'echo "two words" last', 'echo short']

/** Every key that Readline binds by default and we do too, but for those that end the line, and macros. */
const EDITS = [
  'C-a, C-e, C-f, C-b, M-f, M-b, Left, Right, Home, End, C-Left, C-Right, M-C-f, M-C-b, Backspace',
  'Delete, C-d, M-d, M-Backspace, C-w, C-k, C-u, C-t, M-t, M-u, M-l, M-c, M-\\, C-Delete',
  'C-x Backspace, C-@, M-Space, C-x C-x, C-_, C-x C-u, M-r, C-g, M-., M-_, M-C-y, C-p, C-n, Up, Down',
  'M-<, M->, PageUp, PageDown, C-l, Insert',
].flatMap(keys => keys.split(', '))

function named(name: string, keys: string, columns: number, history: readonly string[] = HISTORY): ScreenCase {
  return { name: `${name} at ${columns}`, columns, history, keys: keys.match(/paste:'[^']*'|'[^']*'|\S+/g) ?? [] }
}
const both = (name: string, keys: string, history?: readonly string[]): ScreenCase[] =>
  [40, 80].map(columns => named(name, keys, columns, history))

const inMiddle = EDITS.flatMap(key =>
  both(`${key} in the middle of a wrapped line`, `'${FOX}' M-b M-b M-b M-b M-b M-b M-b C-b ${key} 'xy'`),
)
const typing = [36, 37, 38, 39, 40, 41, 76, 77, 78, 79, 80].flatMap(length =>
  both(
    `typing ${length} characters, and back`,
    `'${'echo '.padEnd(length, 'abcdefghij')}' 'k' Backspace Backspace Backspace 'xyz'`,
  ),
)
const inserting = [30, 36, 37, 38, 39, 74, 77, 78, 79].flatMap(length =>
  both(
    `inserting before ${length} characters`,
    `'${'echo '.padEnd(length, 'abcdefghij')}' C-a 'z' 'y' C-d C-d C-e 'q'`,
  ),
)
const wide = [
  ...both('wide characters across the edge', `'${WIDE}' C-a C-f C-f 'x' C-e Backspace Backspace 'y'`),
  ...both('a wide character at the edge', `'${'echo '.padEnd(37, 'a')}日' 'b' Left Left 'c' Backspace`),
  ...both('a wide character at the edge of a second row', `'${'echo '.padEnd(77, 'a')}日' 'b' Left Left 'c' Backspace`),
  ...both('combining marks', `'echo e\u0301a\u0308o' Left Left 'x' Backspace Backspace`),
  ...both('killing wide words', `'${WIDE}' C-w C-y C-a C-k C-y`),
  ...both('accents', `'echo éèê' C-b C-b M-u C-e 'ñ'`),
]
const controls = [
  ...both('control characters', `'echo ' C-v C-a 'a' C-v C-g C-b C-b 'x' C-d`),
  ...both('a tab', `'echo a' C-v Tab 'b' C-b C-b 'xyz'`),
  ...both('numeric arguments', `'${FOX}' M-1 M-2 C-b M-3 'x' M-- M-4 C-f M-5 C-d`),
  ...both('an argument that is given up', `'abc' M-3 M-2 C-g 'd'`),
]
const searching = [
  ...both('reverse search', `C-r 'o' 'n' Backspace 's' C-g 'x'`),
  ...both('reverse search of a wrapped line', `C-r 'fox' C-r C-a 'y'`),
  ...both('a search that fails', `'abc' C-r 'qqq' Backspace Backspace Backspace C-g`),
  ...both('forward search', `C-p C-p C-p C-s 'short' C-e 'z'`),
  ...both('search accepted by an arrow', `C-r 'two' Left 'X'`),
  ...both('search ended by C-j', `C-r 'two' C-j`),
  ...both('search again', `C-r 'echo' C-r C-r C-r C-r`),
  ...both('non-incremental search', `'ec' M-p 'two' Enter`),
  ...both('search for a word at the cursor', `'xx' C-r 'fox' C-w C-w C-g`),
]
const recalling = [
  ...both('long over short and short over long', 'C-p C-p C-p C-p C-n C-n C-n C-n'),
  ...both('a changed entry', `C-p C-p C-p 'changed' C-n C-p C-e Backspace`),
  ...both('an unfinished line and back', `'unfinished' C-p C-p C-n C-n`),
  ...both('beginning with what is typed', `'echo t' PageUp PageUp PageDown`),
  ...both('the next in turn', `C-p C-p C-p C-p C-o C-o C-o`),
]
const killing = [
  ...both('kill, yank and pop', `'one two three' C-w C-w C-y C-a M-d C-e C-y M-y M-y`),
  ...both('yank of a long line', `'${FOX}' C-u 'x' C-y C-y`),
  ...both('undo of all', `'${FOX}' M-b M-b C-k 'x' C-_ C-_ C-_ C-_ C-_`),
  ...both(
    'overwriting across the edge',
    `'${'echo '.padEnd(50, 'abcdefghij')}' C-a M-3 M-0 C-f Insert 'XXXXXXXXXXXX' Backspace Insert 'y'`,
  ),
]
const ending = [
  ...both('Enter runs the line', `'echo hi' Enter 'echo ho' Enter`),
  ...both('Enter in the middle of a wrapped line', `'${FOX}' C-a Enter`),
  ...both('Enter where the line fills its row', `'${'echo '.padEnd(38, 'a')}' Enter`),
  ...both('Enter where the line fills two rows', `'${'echo '.padEnd(78, 'a')}' Enter`),
  ...both('Enter on an empty line', 'Enter Enter'),
  ...both('C-c on an empty line', 'C-c'),
  ...both('C-c at the end of a line', `'abc' C-c 'x'`),
  ...both('C-c in a search', `C-r 'two' C-c 'x'`),
  ...both('an open quote', `'echo "a' Enter 'b"' Enter`),
  ...both('C-c in an open quote', `'echo "a' Enter 'b' C-c 'c'`),
  ...both('a comment', `'abc' M-#`),
  ...both('clearing the screen', `'echo hi' Enter '${FOX}' C-b C-l 'x' M-C-l 'y'`),
]
const completing = [
  ...both('the only candidate', `'echo b' Tab 'x'`),
  ...both('as far as they agree, then a list', `'echo a' Tab Tab Tab 'p' Tab`),
  ...both('a list in the middle of a wrapped line', `'echo al ${FOX}' C-a M-f M-f Tab Tab Tab 'i'`),
  ...both('a list of all', `'echo ' M-? 'g' M-?`),
  ...both('nothing to complete', `'echo q' Tab Tab`),
  ...both('all of them put in', `'echo a' M-*`),
  ...both('in the middle of a word', `'echo bXX' C-b C-b Tab`),
  ...both('many, refused', `'many ' M-? 'n' 'y'`),
  ...both('many, shown, a page and a line', `'many ' M-? 'y' ' ' Enter 'q'`),
  ...both('many by Tab', `'many ' Tab Tab Tab 'x' 'n' '0' Tab`),
]
const pasting = [
  ...both('a paste', `'echo ' paste:'one two' 'x'`),
  ...both('a paste across the edge', `'echo ' paste:'${FOX}' C-a 'x'`),
  ...both('control characters in a paste', `'echo ' paste:'a\x01\x07b' 'x'`),
  ...both('a paste of two lines', `'echo ' paste:'one\necho two' Enter`),
]
const resizing = [
  named('wider and narrower', `'${FOX}' resize:60 'x' resize:30 'y'`, 40),
  named('narrower on one row', `'echo short' resize:20 'x'`, 80),
]

export const CASES: readonly ScreenCase[] = [
  ...inMiddle,
  ...typing,
  ...inserting,
  ...wide,
  ...controls,
  ...searching,
  ...recalling,
  ...killing,
  ...ending,
  ...completing,
  ...pasting,
  ...resizing, // prettier-ignore
]
