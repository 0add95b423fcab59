/**
 * MUD clients by the beginning of their TTYPE name, which may continue with a version
 * (`Mudlet 4.17`). They read WILL ECHO as "hide the input". One missing here is still known once it
 * sends MTTS.
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
 * Terminals, and programs in them, by the beginning of their type. A MUD client with MTTS names
 * itself first, and Windows telnet sends none of these. So a client that sends one has no other
 * useful name.
 */
const TERMINALS = beginning(['xterm', 'linux', 'rxvt', 'screen', 'tmux', 'alacritty', 'kitty'])

/**
 * The terminal types of Windows telnet. Other clients use some of them too, and lose little by the
 * confusion.
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
