import { SCALE_ROWS } from './scale-rows.mjs'
import { SSH_ROWS } from './ssh-rows.mjs'
import { TELNET_ROWS } from './telnet-rows.mjs'

/** By name, in the order in which they are measured. */
export const ROWS = { ...TELNET_ROWS, ...SSH_ROWS, ...SCALE_ROWS }
