import { withoutSequences } from '../../../core/text/escape-sequence.ts'
import { MESSAGE } from '../protocol/codes.ts'
import { WireWriter } from '../protocol/wire.ts'

/**
 * Returns the message that shows a text before the login (RFC 4252 §5.4). Styles and control
 * characters are removed, because some clients show them as codes. Its lines end in CR LF.
 */
export function bannerMessage(text: string): Buffer {
  const lines = withoutSequences(text).replaceAll(CONTROL, '').toWellFormed().replace(/\n$/, '').split('\n')
  return new WireWriter()
    .byte(MESSAGE.USERAUTH_BANNER)
    .string(`${lines.join('\r\n')}\r\n`)
    .string('')
    .bytes()
}

/** Tabs and line feeds are not included. */
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g
