import type { Flag, Parameter } from './text.ts'

/** Returns a parameter as people read it: as declared, without its type and default. */
export function parameterLabel({ name, required, many }: Pick<Parameter, 'name' | 'required' | 'many'>): string {
  const label = many ? `${name}...` : name
  return required ? `<${label}>` : `[${label}]`
}

/** Returns a flag as people read it, without its brackets: `-n, --count <n>`. */
export function flagLabel({ short, long, value, many }: Flag): string {
  const names = [short && `-${short}`, long && `--${long}`].filter(Boolean).join(', ')
  return value === undefined ? names : `${names} <${value.name}>${many ? '...' : ''}`
}
