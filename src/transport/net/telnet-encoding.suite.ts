import { encodeLines, encodeReturns, encodeText } from '../../telnet/encoder.ts'
import type { TextEncoding } from './send-pooled.ts'

/** As a telnet peer that has agreed on nothing has it. */
export const TELNET: TextEncoding = {
  encodeText: text => encodeText(text, false),
  encodeReturns: text => encodeReturns(text, false),
  encodeLines,
}
