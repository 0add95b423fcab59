/**
 * What can be wrong with a usage text: one table for both readers, in the compiler (`types.ts`) and
 * at run time (`reader.ts`). `{it}` is the part at fault as written; the other names are pieces of
 * it.
 */
export const USAGE_SENTENCES = {
  control: 'a control character, such as a tab or a line end, stands in it: part the words with blanks',
  noCommand: 'it names no command: it begins with a word, and parameters follow',
  notWord: "'{it}' is neither a word nor a parameter: is a blank or a bracket missing?",
  wordLate: "the word '{it}' stands after a parameter: command names come first",
  wordDash: "the name '{it}' cannot begin with '-': write a flag in brackets, [{it}]",
  emptyName: "a name is missing beside a '|' in '{it}'",
  nameTwice: "'{name}' stands twice in '{it}'",
  unclosedAngle: "{it} is not closed: '>' is missing",
  unclosedSquare: "{it} is not closed: ']' is missing",
  notParameter: '{it} is not a parameter: is a bracket left open, or a blank too many?',
  noName: 'a parameter without a name: {it}',
  notOptional: '<{name}> is a flag, and flags are always optional: write [{name}]',
  choicesOnly: '{it} has choices but no name: write <name:{name}>',
  unknownType:
    "{it} has an unknown type '{type}': use string, number, integer, boolean, secret, line, or choices such as low|high",
  emptyChoice: "{it} has an empty choice: is a '|' too many?",
  manyDefault: "{it} cannot have a default: a parameter with '...' is an empty list when nothing is given",
  requiredDefault: '<{body}> is required and cannot have a default: write [{body}]',
  misfit: "the default '{value}' of {it} is not {type}",
  twice: "two parameters are named '{name}'",
  shortTwice: "two flags are named '-{name}'",
  unreachable: "<{name}> can never be reached: a parameter with '...' must be the last",
  requiredLate: 'required <{name}> stands after an optional parameter',
  notFlag: '{it} is not a flag: write [--name], [-n, --name] or [--name <value>]',
  dotsInFlag: '{it} repeats: write its dots after the value, as in [--tag <t>...]',
  lineLast: '{it} takes the rest of the line: nothing may stand after it, flags go before it',
  lineMany: '{it} is the whole rest of the line already: leave the dots out',
  lineFlag: 'a flag cannot take the rest of the line: {it}',
} as const

export type UsageFault = keyof typeof USAGE_SENTENCES

/** The names of the types in messages. */
export const TYPE_NAMES = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'yes or no',
  secret: 'a secret',
  line: 'the rest of the line, as it is typed',
  choice: 'one of its choices',
} as const

/** Returns the message for a fault, with its places filled. */
export function usageSentence(fault: UsageFault, values: Readonly<Record<string, string>>): string {
  return USAGE_SENTENCES[fault].replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}

/** The same as a type. Values are not searched for further places. */
export type UsageSentence<Fault extends UsageFault, Values = {}> = Fill<(typeof USAGE_SENTENCES)[Fault], Values>

type Fill<Template extends string, Values> = Template extends `${infer Before}{${infer Name}}${infer After}`
  ? `${Before}${Name extends keyof Values ? Values[Name] & string : ''}${Fill<After, Values>}`
  : Template
