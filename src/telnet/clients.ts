/**
 * MUD clients by the beginning of the name that they give by TTYPE, which may go on with a version
 * (`Mudlet 4.17`). They take WILL ECHO as "hide what the user types". One that is missing here is
 * still known once it speaks MTTS.
 */
const MUD_CLIENTS = beginning([
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
])

/**
 * Terminals, and what runs in them, by the beginning of the type that they name. A MUD client that
 * speaks MTTS names itself first, and Windows telnet says none of these: whoever does has no other
 * name that would tell us more.
 */
const TERMINALS = beginning(['xterm', 'linux', 'rxvt', 'screen', 'tmux', 'alacritty', 'kitty'])

/**
 * The terminal types that Windows telnet gives itself. Others use some of them too, and lose little
 * by being taken for it.
 */
const WINDOWS_TELNET: ReadonlySet<string> = new Set(['ansi', 'vt100', 'vt52', 'vtnt'])

export function isMudClient(name: string): boolean {
  return MUD_CLIENTS.test(name)
}

export function isTerminal(name: string): boolean {
  return TERMINALS.test(name)
}

export function isWindowsTelnet(name: string): boolean {
  return WINDOWS_TELNET.has(name.toLowerCase())
}

function beginning(names: readonly string[]): RegExp {
  return new RegExp(`^(?:${names.join('|')})`, 'i')
}
