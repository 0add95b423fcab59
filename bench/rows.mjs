import { TELNET_ROWS } from './telnet-rows.mjs'

export const ROWS = { ...TELNET_ROWS }
