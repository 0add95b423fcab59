import type { StandardSchemaV1 } from './standard-schema.ts'
import type { TYPE_NAMES, UsageFault, UsageSentence } from './sentences.ts'

/**
 * The type of a usage text, the one declaration of a command:
 * `'timer <seconds:number> [-q, --quiet] <message...>'`. These types read it in the compiler;
 * `reader.ts` reads it at run time, in the same order and with the same messages.
 *
 * | written | the handler gets |
 * |---|---|
 * | `<a>` `[a]` `<a...>` `[a...]` | `string`, `a?: string`, `string[]`, `string[]` |
 * | `:string` `:number` `:integer` `:boolean` | `string`, `number`, `number`, `boolean` |
 * | `:low\|high` | `'low' \| 'high'` |
 * | `:secret` | `string`; the input is kept out of histories and logs |
 * | `:line` | `string`: the rest of the input as it was typed; it must be the last |
 * | `[n:integer=10]` | `number`, always there |
 * | `[-f, --follow]` `[--dry-run]` `[-v]` | `follow: boolean`, `dryRun: boolean`, `v: boolean` |
 * | `[-n, --count <n:integer>]` `[--tag <t>...]` | `count?: number`, `tag: string[]` |
 * | `user\|users add\|create <name>` | `{ name: string }` |
 *
 * Words before the first parameter are the name, `\|` separates its aliases. One text may declare
 * 300 parameters and 500 choices; not far beyond, compilers give up.
 */
export type Usage<U extends string> = string extends U ? U : Reading<U> extends { error: infer E } ? E : U

/**
 * The arguments that a usage text declares, by name. For a text known only at run time they are
 * unknown.
 */
export type ArgsOf<U extends string> = string extends U
  ? Record<string, unknown>
  : Reading<U> extends { args: infer A }
    ? { [K in keyof A]: A[K] }
    : never

/**
 * Validators by parameter name. Each receives what the usage text declares (`<n:number>` a number,
 * a parameter with `...` the whole list), and returns what the handler receives. A validator does
 * not receive an absent optional parameter.
 */
export type Schemas<U extends string, S> = {
  [K in keyof S]: K extends keyof ArgsOf<U>
    ? S[K] extends StandardSchemaV1<infer In, unknown>
      ? Exclude<ArgsOf<U>[K], undefined> extends In
        ? S[K]
        : `the validator of '${K & string}' does not take what the usage text declares`
      : StandardSchemaV1
    : `no parameter is named '${K & string}'`
}

/** What the handler receives: the declared arguments, or what their validators return. */
export type Inferred<U extends string, S> = [keyof S] extends [never]
  ? ArgsOf<U>
  : ArgsOf<U> extends infer A
    ? { [K in keyof A]: K extends keyof S ? SchemaOutput<S[K], A[K]> : A[K] }
    : never

type SchemaOutput<S, Else> = S extends StandardSchemaV1<any, infer Out> ? Out : Else

type Reading<U extends string> = U extends `${string}${Control}${string}` ? Err<'control'> : ReadNames<U, false>

/** One mistake is one error: the arguments of a text that cannot be read are `any`. */
interface Err<Fault extends UsageFault, Values = {}> {
  error: UsageSentence<Fault, Values>
  args: Record<string, any>
}

// A fault is read twice where it is found. With `infer` instead, TypeScript 5.4 would read the rest
// of the text twice, each time.
interface Wrong {
  error: string
}

// Names: words up to the first bracket.

type ReadNames<S extends string, Named extends boolean> = S extends ` ${infer R}`
  ? ReadNames<R, Named>
  : S extends '' | `${'<' | '['}${string}`
    ? Named extends true
      ? Read<S, {}, 'required', never>
      : Err<'noCommand'>
    : S extends `${infer W} ${infer R}`
      ? Name<W, R>
      : Name<S, ''>

type Name<W extends string, R extends string> = W extends `${string}${Bracket}${string}`
  ? Err<'notWord', { it: W }>
  : W extends `${string}|${string}`
    ? Aliases<W, R, W, never>
    : W extends `-${string}`
      ? Err<'wordDash', { it: W }>
      : ReadNames<R, true>

/**
 * The names within one word; `Seen` is in lower case, since names that differ only in case are the
 * same.
 */
type Aliases<W extends string, R extends string, Rest extends string, Seen> = Rest extends `${infer N}|${infer More}`
  ? AliasFault<W, N, Seen> extends Wrong
    ? AliasFault<W, N, Seen>
    : Aliases<W, R, More, Seen | Lowercase<N>>
  : AliasFault<W, Rest, Seen> extends Wrong
    ? AliasFault<W, Rest, Seen>
    : ReadNames<R, true>

type AliasFault<W extends string, N extends string, Seen> = N extends ''
  ? Err<'emptyName', { it: W }>
  : N extends `-${string}`
    ? Err<'wordDash', { it: N }>
    : Lowercase<N> extends Seen
      ? Err<'nameTwice', { it: W; name: N }>
      : null

// Parameters and flags. A: the arguments so far. At: the kind of the last positional parameter. F:
// the short flags so far.

type Where = 'required' | 'optional' | 'many'

type Read<S extends string, A, At extends Where, F> = S extends ''
  ? { args: A }
  : S extends ` ${infer R}`
    ? Read<R, A, At, F>
    : S extends `<${infer B}>${infer R}`
      ? Positional<Body<B>, B, `<${B}>`, R, A, At, F, true>
      : S extends `[-${infer B}]${infer R}` // before other brackets: a flag may hold one
        ? FlagUsage<`-${B}`, R, A, At, F>
        : S extends `[${infer B}]${infer R}`
          ? Positional<Body<B>, B, `[${B}]`, R, A, At, F, false>
          : S extends `<${string}`
            ? Err<'unclosedAngle', { it: S }>
            : S extends `[${string}`
              ? Err<'unclosedSquare', { it: S }>
              : S extends `${infer W} ${string}`
                ? Late<W>
                : Late<S>

type Late<W extends string> = W extends `${string}${Bracket}${string}`
  ? Err<'notWord', { it: W }>
  : Err<'wordLate', { it: W }>

type Positional<P, B extends string, It extends string, R extends string, A, At, F, Required> =
  P extends Parts<infer N, infer T, infer Many, infer Default>
    ? PartsFault<N, T, Many, Default, B, It> extends Wrong
      ? PartsFault<N, T, Many, Default, B, It>
      : N extends keyof A
        ? Err<'twice', { name: N }>
        : At extends 'many'
          ? Err<'unreachable', { name: N }>
          : LineFault<T, Many, R, It> extends Wrong
            ? LineFault<T, Many, R, It>
            : Many extends true
              ? Required extends true
                ? At extends 'optional'
                  ? Err<'requiredLate', { name: N }>
                  : Read<R, A & { [K in N]: TypedValue<T>[] }, 'many', F>
                : Read<R, A & { [K in N]: TypedValue<T>[] }, 'many', F>
              : Default extends string
                ? Required extends true
                  ? Err<'requiredDefault', { body: B }>
                  : Read<R, A & { [K in N]: TypedValue<T> }, 'optional', F>
                : Required extends false
                  ? Read<R, A & { [K in N]?: TypedValue<T> }, 'optional', F>
                  : At extends 'optional'
                    ? Err<'requiredLate', { name: N }>
                    : Read<R, A & { [K in N]: TypedValue<T> }, 'required', F>
    : never

/** `<text:line>` takes the rest of the input: nothing may follow it in the usage text. */
type LineFault<T extends string, Many, R extends string, It extends string> = T extends 'line'
  ? IsBlank<R> extends false
    ? Err<'lineLast', { it: It }>
    : Many extends true
      ? Err<'lineMany', { it: It }>
      : null
  : null
type IsBlank<S extends string> = S extends '' ? true : S extends ` ${infer R}` ? IsBlank<R> : false

type FlagUsage<
  Text extends string,
  R extends string,
  A,
  At extends Where,
  F,
> = Text extends `${infer N} <${infer B}>...`
  ? ValueFlag<FlagNames<N>, Parted<B, true>, B, Text, R, A, At, F>
  : Text extends `${infer N} <${infer B}>`
    ? ValueFlag<FlagNames<N>, Parted<B, false>, B, Text, R, A, At, F>
    : FlagNames<Text> extends [infer K extends string, infer Short]
      ? FlagFault<K, Short, A, F> extends Wrong
        ? FlagFault<K, Short, A, F>
        : Read<R, A & { [P in K]: boolean }, At, F | Short>
      : Err<'notFlag', { it: `[${Text}]` }>

type ValueFlag<
  Names,
  P,
  B extends string,
  Text extends string,
  R extends string,
  A,
  At extends Where,
  F,
> = Names extends [infer K extends string, infer Short]
  ? B extends `${string}...`
    ? Err<'dotsInFlag', { it: `[${Text}]` }>
    : FlagFault<K, Short, A, F> extends Wrong
      ? FlagFault<K, Short, A, F>
      : P extends Parts<infer N, infer T, infer Many, infer Default>
        ? PartsFault<N, T, Many, Default, B, `<${B}>`> extends Wrong
          ? PartsFault<N, T, Many, Default, B, `<${B}>`>
          : T extends 'line'
            ? Err<'lineFlag', { it: `<${B}>` }>
            : Many extends true
              ? Read<R, A & { [Q in K]: TypedValue<T>[] }, At, F | Short>
              : Default extends string
                ? Read<R, A & { [Q in K]: TypedValue<T> }, At, F | Short>
                : Read<R, A & { [Q in K]?: TypedValue<T> }, At, F | Short>
        : never
  : Err<'notFlag', { it: `[${Text}]` }>

type FlagFault<K extends string, Short, A, F> = [Short] extends [never]
  ? TwiceFault<K, A>
  : Short extends F
    ? Err<'shortTwice', { name: Short }>
    : TwiceFault<K, A>
type TwiceFault<K extends string, A> = K extends keyof A ? Err<'twice', { name: K }> : null

/** The key in the arguments, and the short name; `null` if the text is no flag. */
type FlagNames<N extends string> = N extends `--${infer L}`
  ? LongName<L, never>
  : N extends `-${infer S}, --${infer L}`
    ? IsShort<S> extends true
      ? LongName<L, S>
      : null
    : N extends `-${infer S}`
      ? IsShort<S> extends true
        ? [S, S]
        : null
      : null
type LongName<L extends string, S> = L extends '' | `-${string}` | `${string}${NotInFlag}${string}`
  ? null
  : [Camel<L>, S]
type IsShort<S extends string> = S extends '-' | NotInFlag
  ? false
  : S extends `${infer _}${infer More}`
    ? More extends ''
      ? true
      : false
    : false
type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S

// The body of a parameter: name or name:type, either with =default or followed by `...`.

interface Parts<N extends string, T extends string, Many, Default> {
  name: N
  type: T
  many: Many
  default: Default
}
type Body<B extends string> = B extends `${infer I}...` ? Parted<I, true> : Parted<B, false>
type Parted<B extends string, Many> = B extends `${infer H}=${infer D}` ? Typed<H, Many, D> : Typed<B, Many, null>
type Typed<H extends string, Many, D> = H extends `${infer N}:${infer T}`
  ? Parts<N, T, Many, D>
  : Parts<H, 'string', Many, D>

type PartsFault<
  N extends string,
  T extends string,
  Many,
  D,
  B extends string,
  It extends string,
> = B extends `${string}${Bracket}${string}`
  ? Err<'notParameter', { it: It }>
  : `${N}:${T}` extends `${string} ${string}`
    ? Err<'notParameter', { it: It }>
    : N extends ''
      ? Err<'noName', { it: It }>
      : N extends `-${string}`
        ? Err<'notOptional', { name: N }>
        : N extends `${string}|${string}`
          ? Err<'choicesOnly', { it: It; name: N }>
          : [TypedValue<T>] extends [never]
            ? Err<'unknownType', { it: It; type: T }>
            : '' extends Choices<T>
              ? Err<'emptyChoice', { it: It }>
              : D extends string
                ? Many extends true
                  ? Err<'manyDefault', { it: It }>
                  : Fits<T, D> extends true
                    ? null
                    : Err<'misfit', { it: It; value: D; type: TypeName<T> }>
                : null

interface Types {
  string: string
  number: number
  integer: number
  boolean: boolean
  secret: string
  line: string
}
type TypedValue<T extends string> = T extends keyof Types ? Types[T] : Choices<T>
type Choices<T extends string> = T extends `${string}|${string}` ? ChoiceUnion<T> : never
/** Tail-recursive by its accumulator: with it 500 choices pass, without it fewer than 100. */
type ChoiceUnion<S extends string, Found = never> = S extends `${infer A}|${infer R}`
  ? ChoiceUnion<R, Found | A>
  : Found | S

/** Whether a default is of its type. A number too large to be exact is found only at run time. */
type Fits<T extends string, D extends string> = T extends 'string' | 'secret' | 'line'
  ? true
  : T extends 'number'
    ? IsDecimal<D>
    : T extends 'integer'
      ? D extends `${string}${'.' | 'e' | 'E'}${string}`
        ? false
        : IsDecimal<D>
      : T extends 'boolean'
        ? Lowercase<D> extends Truth
          ? true
          : false
        : D extends Choices<T>
          ? true
          : false
/** `${number}` also matches hexadecimal numbers and blanks. */
type IsDecimal<D extends string> = D extends `${string}${'x' | 'X' | 'o' | 'O' | 'b' | 'B' | ' '}${string}`
  ? false
  : D extends `${number}`
    ? true
    : false
type TypeName<T extends string> = (typeof TYPE_NAMES)[T extends keyof Types ? T : 'choice']
type Truth = 'true' | 'false' | 'yes' | 'no' | 'on' | 'off' | '1' | '0'

type Bracket = '<' | '>' | '[' | ']'
type NotInFlag = ' ' | ',' | '=' | '|' | ':' | Bracket
/** C0 and DEL. */
type Control =
  | '\x00'
  | '\x01'
  | '\x02'
  | '\x03'
  | '\x04'
  | '\x05'
  | '\x06'
  | '\x07'
  | '\b'
  | '\t'
  | '\n'
  | '\v'
  | '\f'
  | '\r'
  | '\x0e'
  | '\x0f'
  | '\x10'
  | '\x11'
  | '\x12'
  | '\x13'
  | '\x14'
  | '\x15'
  | '\x16'
  | '\x17'
  | '\x18'
  | '\x19'
  | '\x1a'
  | '\x1b'
  | '\x1c'
  | '\x1d'
  | '\x1e'
  | '\x1f'
  | '\x7f'
