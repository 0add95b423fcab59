/** The same over SSH. */
import { ssh } from 'answerback/ssh'
import { start as startShell } from './ours.mjs'

export function start({ hostKey, ...options }) {
  return startShell(options, [ssh({ port: 0, hostKey })])
}
