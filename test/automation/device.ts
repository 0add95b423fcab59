import { createShell, fail } from '../../src/index.ts'
import type { InputReader, HandlerResult, Session, Shell } from '../../src/index.ts'

type Mode = 'user' | 'enable' | 'config' | 'interface'

/** Where one user of the device is. */
export interface Where {
  mode: Mode
  port: string
  /** What has been configured, by port: each session has a device of its own. */
  readonly ports: Map<string, readonly string[]>
}

type Line = Session<{ name: string }, Where>

const MARKS: Readonly<Record<Mode, string>> = {
  user: '>',
  enable: '#',
  config: '(config)#',
  interface: '(config-if)#',
}

/**
 * A network device as programs know them: `cisco` is its password and `secret` that of `enable`,
 * which `root` need not say. Its answers are fixed texts, so that all that a program reads can be
 * compared.
 */
export function createDevice(): Shell<{ name: string }, Where> {
  return createShell({
    auth: { password: (name: string, password: string) => password === 'cisco' && { name } },
    state: (): Where => ({ mode: 'user', port: '', ports: new Map() }),
    reader: () => new PlainWords(),
    prompt: ({ state }) => `R1${MARKS[state.mode]}`,
    paging: true,
  })
    .remove('exit')
    .onStart(session => {
      if (session.name === 'root') session.state.mode = 'enable'
    })
    .onUnknown(() => {
      throw fail("% Invalid input detected at '^' marker.", { status: 127 })
    })
    .command('enable', in_('user'), async (_, session: Line) => {
      if ((await session.secret('Password: ')) !== 'secret') throw fail('% Bad secrets')
      session.state.mode = 'enable'
    })
    .command('show version', in_('user', 'enable'), () => VERSION)
    .command('show running-config', in_('enable'), (_, { state }: Line) => runningConfig(state.ports))
    .command('show interfaces [words...]', in_('enable'), ({ words }) => `${words.length} ${words.join(' ')}`)
    .command('terminal length <rows:integer>', in_('user', 'enable'), ({ rows }, session) => {
      session.paging = rows
    })
    .command('terminal width <columns:integer>', in_('user', 'enable'), ({ columns }, session) => {
      session.resize(columns === 0 ? {} : { columns })
    })
    .command('configure|config terminal|term', in_('enable'), (_, session: Line) => {
      session.state.mode = 'config'
      return 'Enter configuration commands, one per line.  End with CNTL/Z.'
    })
    .command('interface <port>', in_('config', 'interface'), ({ port }, session: Line) => {
      session.state.mode = 'interface'
      session.state.port = port
      add(session.state)
    })
    .command('description <text...>', in_('interface'), ({ text }, { state }: Line) => {
      add(state, ` description ${text.join(' ')}`)
    })
    .command('ip address <address> <mask>', in_('interface'), ({ address, mask }, { state }: Line) => {
      add(state, ` ip address ${address} ${mask}`)
    })
    .command('end', in_('config', 'interface'), (_, session: Line) => void (session.state.mode = 'enable'))
    .command('exit', in_('user', 'enable', 'config', 'interface'), (_, session: Line): HandlerResult => {
      const outer = { interface: 'config', config: 'enable', enable: undefined, user: undefined } as const
      const mode = outer[session.state.mode]
      if (mode === undefined) session.end()
      else session.state.mode = mode
    })
    .command('write memory|mem', in_('enable'), () => 'Building configuration...\n[OK]')
}

export const VERSION = 'Cisco IOS Software, Version 15.2(4)M\nR1 uptime is 1 day, 2 hours\n1 Gigabit interface'

/** More rows than any screen, some of them wider than most. */
export function runningConfig(ports: ReadonlyMap<string, readonly string[]>): string {
  const lines = ['Building configuration...', '', 'version 15.2', '!', 'hostname R1', '!']
  for (let i = 0; i < 120; i++) lines.push(`ip route 10.${i}.0.0 255.255.0.0 192.0.2.${i}`)
  lines.push(`banner motd ^C${'=-'.repeat(200)}^C`, '!')
  for (const [name, added] of ports) lines.push(`interface ${name}`, ...added)
  return [...lines, 'end'].join('\n')
}

function add({ ports, port }: Where, ...lines: readonly string[]): void {
  ports.set(port, [...(ports.get(port) ?? []), ...lines])
}

function in_(...modes: readonly Mode[]) {
  return { allow: (session: Session<any, any>) => modes.includes((session.state as Where).mode) }
}

/**
 * Words as such devices have them: parted by blanks, without quotes; a line that begins with `!` is
 * a comment.
 */
class PlainWords implements InputReader {
  read(line: string): string[] {
    return line.trim().startsWith('!') ? [] : line.split(/\s+/).filter(word => word !== '')
  }

  reset(): void {}
}
