import type { Terminal } from '../../core/connection.ts'
import { drawingOf, renditionsOf } from '../../terminal/type.ts'
import type { ArgumentFault } from '../usage/arguments.ts'
import type { Command } from '../command/command.ts'
import { usageLine } from '../command/help.ts'
import type { RunningCommand } from './running-command.ts'
import { sentence } from './sentence.ts'
import { visible } from '../../core/text/visible.ts'
import type { LocatedWord } from '../words/input-reader.ts'

/**
 * Returns the error text for words that do not fit: the input, what is wrong, and the usage. In the
 * input the word at fault is underlined, if the terminal can.
 */
export function faultText(
  fault: ArgumentFault,
  command: Command,
  call: RunningCommand,
  terminal: Terminal | undefined,
): string {
  const input =
    drawingOf(terminal) === 'cursor' && renditionsOf(terminal) === 'all'
      ? underlined(call.raw.slice(0, -1), call.locate()?.[fault.word], terminal?.columns ?? 0)
      : ''
  const lines = [input, sentence(fault.sentence), `Usage: ${usageLine({ ...command, names: [command.usage.name] })}`]
  return lines.filter(line => line !== '').join('\n')
}

/**
 * Returns the underlined input. It is empty if the word is missing, its place is not known, or the
 * input is no plain line of the screen.
 */
function underlined(input: string, span: LocatedWord | undefined, columns: number): string {
  if (span === undefined || input.length >= columns || visible(input) !== input) return ''
  return `${input.slice(0, span.start)}${UNDERLINE}${input.slice(span.start, span.end)}${NO_UNDERLINE}${input.slice(span.end)}`
}

/** SGR 4 and 24, which leave the colours of the error voice as they are. */
const UNDERLINE = '\x1b[4m'
const NO_UNDERLINE = '\x1b[24m'
