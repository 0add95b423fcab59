/** 9. A simulated router: modes, a prompt that shows them, commands of several words. */
import { createShell, fail, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

interface Port {
  readonly name: string
  address: string
  state: 'up' | 'down'
}

const router = {
  hostname: 'router',
  ports: ['eth0', 'eth1', 'eth2'].map((name): Port => ({ name, address: '', state: 'down' })),
}

interface Mode {
  enabled: boolean
  /** The port that is being configured. */
  port?: Port | undefined
}

function portOf({ port }: Mode): Port {
  if (port === undefined) throw fail('Say which: interface <name>')
  return port
}

const shell = createShell({
  state: (): Mode => ({ enabled: false }),
  welcome: 'Try: enable, port eth0, address 10.0.0.1/24, no shutdown, show ports',
  prompt: ({ state: { enabled, port } }) => `${router.hostname}${port ? `(${port.name})` : ''}${enabled ? '#' : '>'} `,
  voices: { error: text => `% ${text}` },
})
  .command('show interfaces|ports', 'Show all ports.', () => router.ports)
  .command('enable', 'Enter the privileged mode.', (_, { state }) => void (state.enabled = true))
  .command('interface|port <name>', 'Configure a port.', ({ name }, { state }) => {
    if (!state.enabled) throw fail('Not without: enable')
    state.port = router.ports.find(port => port.name === name)
    if (state.port === undefined) throw fail(`No interface ${name}.`)
  })
  .command('address <address>', 'Give the port an address.', ({ address }, { state }) => {
    portOf(state).address = address
  })
  .command('shutdown', 'Take the port down.', (_, { state }) => void (portOf(state).state = 'down'))
  .command('no shutdown', 'Bring the port up.', (_, { state }) => void (portOf(state).state = 'up'))
  .command('end', 'Leave the port.', (_, { state }) => void (state.port = undefined))

export const server = await serve(shell, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
