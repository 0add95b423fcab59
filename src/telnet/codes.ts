/**
 * Commands: the byte after an IAC. RFC 854; EOF, SUSP and ABORT are RFC 1184's, EOR is RFC 885's.
 */
export const TelnetCommand = {
  EOF: 236,
  SUSP: 237,
  ABORT: 238,
  EOR: 239,
  SE: 240,
  NOP: 241,
  DM: 242,
  BRK: 243,
  IP: 244,
  AO: 245,
  AYT: 246,
  EC: 247,
  EL: 248,
  GA: 249,
  SB: 250,
  WILL: 251,
  WONT: 252,
  DO: 253,
  DONT: 254,
  IAC: 255,
} as const

/** The lowest byte that is a command. */
export const LOWEST_COMMAND: number = TelnetCommand.EOF

/** A verb of negotiation. */
export type Verb = 251 | 252 | 253 | 254

/** The supported options. Every other one is refused. */
export const Option = {
  /** RFC 856 */
  BINARY: 0,
  /** RFC 857 */
  ECHO: 1,
  /** Suppress go-ahead, RFC 858 */
  SGA: 3,
  /** RFC 859 */
  STATUS: 5,
  /** RFC 860 */
  TIMING_MARK: 6,
  /** Terminal type, RFC 1091 */
  TTYPE: 24,
  /** End of record, RFC 885 */
  EOR: 25,
  /** Window size, RFC 1073 */
  NAWS: 31,
  /** RFC 1572 */
  NEW_ENVIRON: 39,
  /** RFC 2066 */
  CHARSET: 42,
} as const
