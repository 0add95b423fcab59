import type { Flag, Parameter, Value } from './text.ts'

/** Returns a parameter as rows of help name it: as declared, without its type and default. */
export function parameterLabel({ name, required, many }: Pick<Parameter, 'name' | 'required' | 'many'>): string {
  const label = many ? `${name}...` : name
  return required ? `<${label}>` : `[${label}]`
}

/** Returns a flag as rows of help name it: `-n, --count <n>`. */
export function flagLabel(flag: Flag): string {
  return flagWith(flag, flag.value?.name)
}

/** Returns a parameter as usage lines show it: with its choices instead of its name, if short. */
export function parameterUsage(parameter: Parameter): string {
  return parameterLabel({ ...parameter, name: placeholder(parameter) })
}

/** Returns a flag as usage lines show it, in brackets: `[--sort <name|price>]`. */
export function flagUsage(flag: Flag): string {
  return `[${flagWith(flag, flag.value && placeholder(flag.value))}]`
}

/** Returns what usage lines show for a value: `on|off`, or its name if that would be long. */
export function placeholder({ name, choices }: Value): string {
  const shown = choices.join('|')
  return shown === '' || shown.length > WIDEST_CHOICES ? name : shown
}

/** In UTF-16 units. Help lists longer choices in the row of their parameter. */
const WIDEST_CHOICES = 32

function flagWith({ short, long, many }: Flag, value: string | undefined): string {
  const names = [short && `-${short}`, long && `--${long}`].filter(Boolean).join(', ')
  return value === undefined ? names : `${names} <${value}>${many ? '...' : ''}`
}
