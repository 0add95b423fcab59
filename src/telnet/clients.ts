/**
 * MUD clients by the beginning of the name that they give by TTYPE, which may go on with a version (`Mudlet 4.17`). They take WILL
 * ECHO as "hide what the user types". One that is missing here is still known once it speaks MTTS.
 */
const MUD_CLIENTS = [
  'atlantis',
  'axmud',
  'beip',
  'blightmud',
  'blowtorch',
  'cmud',
  'gmud',
  'gnome-mud',
  'kbtin',
  'kildclient',
  'lociterm',
  'mudlet',
  'mudmaster',
  'mudportal',
  'mudrammer',
  'mukluk',
  'mushclient',
  'potato',
  'pueblo',
  'rapscallion',
  'savitar',
  'simplemu',
  'tinyfugue',
  'tintin',
  'wintin',
  'zmud',
] as const

/** The terminal types that Windows telnet gives itself. Others use some of them too, and lose little by being taken for it. */
const WINDOWS_TELNET: ReadonlySet<string> = new Set(['ansi', 'vt100', 'vt52', 'vtnt'])

export function isMudClient(name: string): boolean {
  const lower = name.toLowerCase()
  return MUD_CLIENTS.some(client => lower.startsWith(client))
}

export function isWindowsTelnet(name: string): boolean {
  return WINDOWS_TELNET.has(name.toLowerCase())
}
