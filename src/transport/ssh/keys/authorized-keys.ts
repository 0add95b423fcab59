import { visible } from '../../../core/text/visible.ts'
import { faultOfAddresses } from './address-list.ts'
import { readPublicKey } from './public-key.ts'
import type { Restrictions } from './restrictions.ts'

/**
 * Keys in the format of OpenSSH's `authorized_keys` (`man sshd`, AUTHORIZED_KEYS FILE FORMAT):
 * options, type, key, comment, a line each. No option is ignored. It is honoured, or it forbids
 * what this server never grants, or its line is refused.
 */
export interface AuthorizedKey {
  readonly algorithm: string
  readonly blob: Uint8Array
  readonly comment: string
  readonly restrictions: Restrictions
  /** The line's number, from 1. */
  readonly line: number
}

/** A line that admits no key, with the reason. */
export interface RefusedLine {
  readonly line: number
  readonly reason: string
}

/** Reads such lines. An RSA key with more than `mostBits` refuses its line. */
export function readAuthorizedKeys(
  text: string,
  mostBits: number = Infinity,
): { keys: AuthorizedKey[]; refused: RefusedLine[] } {
  const keys: AuthorizedKey[] = []
  const refused: RefusedLine[] = []
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const read = readLine(trimmed, at + 1, mostBits)
    if (typeof read === 'string') refused.push({ line: at + 1, reason: read })
    else keys.push(read)
  }
  return { keys, refused }
}

function readLine(text: string, line: number, mostBits: number): AuthorizedKey | string {
  if (text.length > LONGEST_LINE) return 'it is too long'
  const whole = readKey(text, mostBits)
  if (typeof whole !== 'string') return { ...whole, restrictions: FREE, line }
  const options = KEY_TYPE.test(text) ? undefined : splitOptions(text)
  if (options === undefined) return whole
  const restrictions = readOptions(options.list)
  if (typeof restrictions === 'string') return restrictions
  const key = readKey(options.rest, mostBits)
  return typeof key === 'string' ? key : { ...key, restrictions, line }
}

const LONGEST_LINE = 16_384
/** Matches the type of a key; no option begins so. */
const KEY_TYPE = /^(?:ssh|ecdsa|sk)-/
const FREE: Restrictions = { pty: true }

/** Reads `type base64 comment`. */
function readKey(text: string, mostBits: number): Omit<AuthorizedKey, 'restrictions' | 'line'> | string {
  const [, algorithm = '', base64 = '', comment = ''] = /^(\S+)[ \t]+(\S+)[ \t]*(.*)$/.exec(text) ?? []
  const blob = Buffer.from(base64, 'base64')
  const key = readPublicKey(blob)
  if (key === undefined || key.algorithm !== algorithm || !key.sound) return 'it holds no key of a kind that is let in'
  if (key.bits > mostBits) return `its key has more than ${mostBits} bits`
  return { algorithm, blob, comment }
}

/** Returns the options before the first blank outside quotes. */
function splitOptions(line: string): { list: string[]; rest: string } | undefined {
  const [text] = /^(?:"(?:[^"\\]|\\.)*"|[^\s"])+/.exec(line) ?? []
  const rest = text === undefined ? '' : line.slice(text.length)
  if (text === undefined || !/^\s/.test(rest)) return undefined
  return { list: text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [], rest: rest.trim() }
}

/**
 * Reads all options of a line, in order. `restrict` forbids everything, and a later option may
 * grant it again.
 */
function readOptions(list: readonly string[]): Restrictions | string {
  const found: KeyLineOptions = { pty: true }
  for (const option of list) {
    const [, name = '', , value] = /^([^=]+)(="((?:[^"\\]|\\.)*)")?$/.exec(option) ?? []
    const fault = readOption(name.toLowerCase(), value?.replaceAll('\\"', '"'), found)
    if (fault !== undefined) return fault
  }
  return found
}

interface KeyLineOptions {
  from?: readonly string[]
  command?: string
  expires?: number
  pty: boolean
}

/**
 * Options that forbid or allow what this server never grants: forwarding, X11, an agent, a file of
 * start-up commands.
 */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(
  `no-port-forwarding port-forwarding no-agent-forwarding agent-forwarding no-x11-forwarding x11-forwarding no-user-rc user-rc
   permitopen permitlisten no-touch-required`.split(/\s+/),
)

function readOption(name: string, value: string | undefined, found: KeyLineOptions): string | undefined {
  if (WITHOUT_EFFECT.has(name)) return undefined
  switch (name) {
    case 'restrict':
    case 'no-pty':
      found.pty = false
      return undefined
    case 'pty':
      found.pty = true
      return undefined
    case 'command':
      return once(found.command, value, 'command', text => (found.command = text))
    case 'from':
      return once(found.from, value, 'from', text => (found.from = [text])) ?? faultIn(found.from)
    case 'expiry-time':
      return once(found.expires, value, 'expiry-time', text => expire(found, text))
    default:
      return `the option "${visible(name, 64)}" is not known here`
  }
}

function once(
  before: unknown,
  value: string | undefined,
  name: string,
  set: (text: string) => unknown,
): string | undefined {
  if (before !== undefined) return `the option ${name} stands there twice`
  if (value === undefined || set(value) === undefined) return `the option ${name} has no value that can be read`
  return undefined
}

function faultIn(from: readonly string[] = []): string | undefined {
  const fault = from.map(faultOfAddresses).find(reason => reason !== undefined)
  return fault && `the option from cannot be read: ${fault}`
}

function expire(found: KeyLineOptions, text: string): number | undefined {
  const moment = expiryTime(text)
  if (moment !== undefined) found.expires = moment
  return moment
}

/** Reads `YYYYMMDD[HHMM[SS]][Z]`, in the system's time zone unless a Z says UTC. */
function expiryTime(text: string): number | undefined {
  const [, date = '', hm = '0000', seconds = '00', zone] = /^(\d{8})(?:(\d{4})(\d\d)?)?(Z?)$/i.exec(text) ?? []
  if (date === '') return undefined
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
  const moment = Date.parse(`${day}T${hm.slice(0, 2)}:${hm.slice(2)}:${seconds}${zone === '' ? '' : 'Z'}`)
  return Number.isNaN(moment) ? undefined : moment
}
