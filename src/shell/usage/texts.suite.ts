import fc from 'fast-check'
import type { UsageText, Value } from './text.ts'

/**
 * Usage texts that cannot be read, with their message: both readers are held to these, the
 * compiler's and the one at run time.
 */
export const WRONG_USAGES: readonly (readonly [text: string, sentence: string])[] = [
  // names
  ['', 'it names no command: it begins with a word, and parameters follow'],
  ['  ', 'it names no command: it begins with a word, and parameters follow'],
  ['<a>', 'it names no command: it begins with a word, and parameters follow'],
  ['[-f] go', 'it names no command: it begins with a word, and parameters follow'],
  ['a\tb', 'a control character, such as a tab or a line end, stands in it: part the words with blanks'],
  ['a\n', 'a control character, such as a tab or a line end, stands in it: part the words with blanks'],
  ['a [b=\u001b]', 'a control character, such as a tab or a line end, stands in it: part the words with blanks'],
  ['go <a> \u007f', 'a control character, such as a tab or a line end, stands in it: part the words with blanks'],
  ['go<a>', "'go<a>' is neither a word nor a parameter: is a blank or a bracket missing?"],
  ['go a]', "'a]' is neither a word nor a parameter: is a blank or a bracket missing?"],
  ['go <a> b>', "'b>' is neither a word nor a parameter: is a blank or a bracket missing?"],
  ['go <a>...', "the word '...' stands after a parameter: command names come first"],
  ['wait <n> then <m>', "the word 'then' stands after a parameter: command names come first"],
  ['go [-f] then', "the word 'then' stands after a parameter: command names come first"],
  ['go --force', "the name '--force' cannot begin with '-': write a flag in brackets, [--force]"],
  ['-go', "the name '-go' cannot begin with '-': write a flag in brackets, [-go]"],
  ['a|-b', "the name '-b' cannot begin with '-': write a flag in brackets, [-b]"],
  ['a||b', "a name is missing beside a '|' in 'a||b'"],
  ['|a', "a name is missing beside a '|' in '|a'"],
  ['user add|', "a name is missing beside a '|' in 'add|'"],
  ['a|b|a', "'a' stands twice in 'a|b|a'"],
  ['user add|ADD <name>', "'ADD' stands twice in 'add|ADD'"],
  // brackets
  ['timer <seconds', "<seconds is not closed: '>' is missing"],
  ['timer <seconds] <m', "<seconds] <m is not closed: '>' is missing"],
  ['timer [seconds', "[seconds is not closed: ']' is missing"],
  ['timer [a <b>', "[a <b> is not closed: ']' is missing"],
  ['go [-f', "[-f is not closed: ']' is missing"],
  ['go <a:number <b>', '<a:number <b> is not a parameter: is a bracket left open, or a blank too many?'],
  [
    'go <a:number <b:low|high>',
    '<a:number <b:low|high> is not a parameter: is a bracket left open, or a blank too many?',
  ],
  ['go [a <b>]', '[a <b>] is not a parameter: is a bracket left open, or a blank too many?'],
  ['go [a=x <b>]', '[a=x <b>] is not a parameter: is a bracket left open, or a blank too many?'],
  ['go <a b>', '<a b> is not a parameter: is a bracket left open, or a blank too many?'],
  ['go <a: number>', '<a: number> is not a parameter: is a bracket left open, or a blank too many?'],
  ['go <a]>', '<a]> is not a parameter: is a bracket left open, or a blank too many?'],
  ['go [--tag <a b>]', '<a b> is not a parameter: is a bracket left open, or a blank too many?'],
  // parameters
  ['go <>', 'a parameter without a name: <>'],
  ['go []', 'a parameter without a name: []'],
  ['go <...>', 'a parameter without a name: <...>'],
  ['go <:number>', 'a parameter without a name: <:number>'],
  ['go [=3]', 'a parameter without a name: [=3]'],
  ['go <--force>', '<--force> is a flag, and flags are always optional: write [--force]'],
  ['go <b|c>', '<b|c> has choices but no name: write <name:b|c>'],
  ['go [--level <b|c>]', '<b|c> has choices but no name: write <name:b|c>'],
  [
    'go <n:numbr>',
    "<n:numbr> has an unknown type 'numbr': use string, number, integer, boolean, secret, line, or choices such as low|high",
  ],
  [
    'go <n:>',
    "<n:> has an unknown type '': use string, number, integer, boolean, secret, line, or choices such as low|high",
  ],
  [
    'go <n:choice>',
    "<n:choice> has an unknown type 'choice': use string, number, integer, boolean, secret, line, or choices such as low|high",
  ],
  [
    'go <n:toString>',
    "<n:toString> has an unknown type 'toString': use string, number, integer, boolean, secret, line, or choices such as low|high",
  ],
  [
    'go [-n <n:numbr>]',
    "<n:numbr> has an unknown type 'numbr': use string, number, integer, boolean, secret, line, or choices such as low|high",
  ],
  ['go <n:low||high>', "<n:low||high> has an empty choice: is a '|' too many?"],
  ['go <n:|high>', "<n:|high> has an empty choice: is a '|' too many?"],
  ['go <n:low|...>', "<n:low|...> has an empty choice: is a '|' too many?"],
  ['go <a> <a>', "two parameters are named 'a'"],
  ['go <a> [a...]', "two parameters are named 'a'"],
  ['go [a...] <b>', "<b> can never be reached: a parameter with '...' must be the last"],
  ['go [a...] [b]', "<b> can never be reached: a parameter with '...' must be the last"],
  ['go <a...> <b...>', "<b> can never be reached: a parameter with '...' must be the last"],
  ['go [a] <b>', 'required <b> stands after an optional parameter'],
  ['go [a=1] [-f] <b>', 'required <b> stands after an optional parameter'],
  ['go [a] <b...>', 'required <b> stands after an optional parameter'],
  // the rest of the line
  ['go <a:line> <b>', '<a:line> takes the rest of the line: nothing may stand after it, flags go before it'],
  ['go <a:line> [-f]', '<a:line> takes the rest of the line: nothing may stand after it, flags go before it'],
  ['go [a:line...] b', '[a:line...] takes the rest of the line: nothing may stand after it, flags go before it'],
  ['go <a:line...> ', '<a:line...> is the whole rest of the line already: leave the dots out'],
  ['go [a] <b:line>', 'required <b> stands after an optional parameter'],
  ['go [a...] <b:line>', "<b> can never be reached: a parameter with '...' must be the last"],
  ['go <a:line=x>', '<a:line=x> is required and cannot have a default: write [a:line=x]'],
  ['go [-m <m:line>]', 'a flag cannot take the rest of the line: <m:line>'],
  ['go [--tag <t:line=x>] <b', 'a flag cannot take the rest of the line: <t:line=x>'],
  // defaults
  ['go <n=3>', '<n=3> is required and cannot have a default: write [n=3]'],
  ['go <n:integer=3>', '<n:integer=3> is required and cannot have a default: write [n:integer=3]'],
  ['go [n=3...]', "[n=3...] cannot have a default: a parameter with '...' is an empty list when nothing is given"],
  ['go [--tag <n=3>...]', "<n=3> cannot have a default: a parameter with '...' is an empty list when nothing is given"],
  ['go [n:integer=x]', "the default 'x' of [n:integer=x] is not a whole number"],
  ['go [n:integer=1.5]', "the default '1.5' of [n:integer=1.5] is not a whole number"],
  ['go [n:integer=1e3]', "the default '1e3' of [n:integer=1e3] is not a whole number"],
  ['go [n:integer=]', "the default '' of [n:integer=] is not a whole number"],
  ['go [n:number=0x10]', "the default '0x10' of [n:number=0x10] is not a number"],
  ['go [n:number=1e999]', "the default '1e999' of [n:number=1e999] is not a number"],
  ['go [n:number= 1]', "the default ' 1' of [n:number= 1] is not a number"],
  ['go [n:number=NaN]', "the default 'NaN' of [n:number=NaN] is not a number"],
  ['go [n:number=Infinity]', "the default 'Infinity' of [n:number=Infinity] is not a number"],
  ['go [n:boolean=maybe]', "the default 'maybe' of [n:boolean=maybe] is not yes or no"],
  ['go [n:low|high=mid]', "the default 'mid' of [n:low|high=mid] is not one of its choices"],
  ['go [n:low|high=LOW]', "the default 'LOW' of [n:low|high=LOW] is not one of its choices"],
  ['go [-n <n:integer=x>]', "the default 'x' of <n:integer=x> is not a whole number"],
  // flags
  ['go [-]', '[-] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [--]', '[--] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [---x]', '[---x] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [-fo]', '[-fo] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [-f --force]', '[-f --force] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [--force, -f]', '[--force, -f] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [-fo, --force]', '[-fo, --force] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [-f, --]', '[-f, --] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [--level=3]', '[--level=3] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [--level:low|high]', '[--level:low|high] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [--level n]', '[--level n] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [--level<n>]', '[--level<n>] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [--level <n> x]', '[--level <n> x] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [--color [when]]', '[--color [when] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [-f, --follow <n]', '[-f, --follow <n] is not a flag: write [--name], [-n, --name] or [--name <value>]'],
  ['go [--tag <t...>]', '[--tag <t...>] repeats: write its dots after the value, as in [--tag <t>...]'],
  ['go [-f] [-f, --force]', "two flags are named '-f'"],
  ['go [-f, --follow] [-f, --force <n>]', "two flags are named '-f'"],
  ['go [--force] [--force]', "two parameters are named 'force'"],
  ['go [--dry-run] [--dryRun]', "two parameters are named 'dryRun'"],
  ['go <force> [--force <n>]', "two parameters are named 'force'"],
  ['go [--force] [force]', "two parameters are named 'force'"],
]

/** Usage texts that can be read, with the type of their arguments as TypeScript writes it. */
export const RIGHT_USAGES: readonly (readonly [text: string, args: string])[] = [
  ['bye', '{}'],
  ['  user|users   add|create  ', '{}'],
  ['echo|copy|repeat <text...>', '{ text: string[] }'],
  ['timer <seconds:number> <message>', '{ seconds: number; message: string }'],
  ['?', '{}'],
  ['go <a> [b] [c...]', '{ a: string; b?: string; c: string[] }'],
  ['go <a:string> <b:integer> [c:boolean]', '{ a: string; b: number; c?: boolean }'],
  ['go <a:low|high> [b:on|off|auto...]', "{ a: 'low' | 'high'; b: ('on' | 'off' | 'auto')[] }"],
  ['go [n:integer=10] [m=x]', '{ n: number; m: string }'],
  ['go [n:integer=-5] [m:number=+.5e-3] [o:integer=007]', '{ n: number; m: number; o: number }'],
  ['go [n:low|high=low] [m:boolean=OFF]', "{ n: 'low' | 'high'; m: boolean }"],
  ['go [greeting=good day] [empty=]', '{ greeting: string; empty: string }'],
  ['go [pair=a=b:c]', '{ pair: string }'],
  ['go <level:a:b|c>', "{ level: 'a:b' | 'c' }"],
  ['go [-f, --follow] [--dry-run] [-v]', '{ follow: boolean; dryRun: boolean; v: boolean }'],
  ['go [--a-b-c] [--x--y] [--z-]', '{ aBC: boolean; xY: boolean; z: boolean }'],
  ['go [-n, --count <n:integer>] [--tag <t>...]', '{ count?: number; tag: string[] }'],
  ['go [-n <n:integer=10>] [--level <l:low|high=low>]', "{ n: number; level: 'low' | 'high' }"],
  ['go [-f] <a> [-g] [b] [-h]', '{ a: string; b?: string; f: boolean; g: boolean; h: boolean }'],
  ['say <text:line>', '{ text: string }'],
  ['tell <who> [-q, --quiet] [text:line]  ', '{ who: string; text?: string; quiet: boolean }'],
  ['away [text:line=back at 5]', '{ text: string }'],
  ['go <a><b>', '{ a: string; b: string }'],
  ['go [-5] [-é, --été]', '{ 5: boolean; été: boolean }'],
  ['go <__proto__> [constructor]', '{ __proto__: string; constructor?: string }'],
]

/** Texts that look like usage texts; some of them are. */
export const USAGE_LIKE: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ' ',
        ' ',
        '<',
        '>',
        '[',
        ']',
        '[-',
        '--',
        '|',
        ':',
        '=',
        '...',
        ',',
        'a',
        'B',
        '1',
        'number',
        '{it}',
        '$&',
      ),
      fc.constantFrom(
        ' <a>',
        ' [b]',
        ' [c...]',
        ' <d:integer>',
        ' <l:line>',
        ' [-m <m:line>]',
        ' [e:low|high=low]',
        ' [-f, --force]',
        ' [--tag <t>...]',
        ' [-n <n:number=1>]',
      ),
    ),
    { maxLength: 8 },
  )
  .map(parts => `go${parts.join('')}`)

/** Returns the type of the arguments, as TypeScript writes it: parameters, then flags. */
export function typeOf({ parameters, flags }: UsageText): string {
  const properties = [
    ...parameters.map(parameter => property(parameter.name, parameter, parameter.many, parameter.required)),
    ...flags.map(({ key, value, many }) => (value ? property(key, value, many, false) : `${key}: boolean`)),
  ]
  return properties.length === 0 ? '{}' : `{ ${properties.join('; ')} }`
}
function property(key: string, { type, choices, default: initial }: Value, many: boolean, required: boolean): string {
  const union = choices.map(choice => `'${choice}'`).join(' | ')
  const one = type === 'choice' ? union : type === 'integer' ? 'number' : type === 'line' ? 'string' : type
  if (many) return `${key}: ${type === 'choice' ? `(${one})` : one}[]`
  return `${key}${required || initial !== undefined ? '' : '?'}: ${one}`
}
