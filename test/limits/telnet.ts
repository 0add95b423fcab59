import { connect } from 'node:net'
import { telnet } from '../../src/transport/telnet/telnet.ts'
import type { Caller, Way } from './way.ts'

export const TELNET: Way = {
  name: 'telnet',
  open: () => ({
    transport: telnet(0),
    async come(server, localAddress = '127.0.0.1'): Promise<Caller> {
      const socket = connect({ port: server.addresses[0]?.port ?? 0, host: '127.0.0.1', localAddress })
      let seen = ''
      let closed = false
      socket.on('error', () => {}).on('close', () => (closed = true))
      socket.setEncoding('latin1').on('data', (text: string) => (seen += text))
      const enter = (...lines: readonly string[]): void => void socket.write(lines.map(line => `${line}\r\n`).join(''))
      return {
        get seen() {
          return seen
        },
        get closed() {
          return closed
        },
        get arrived() {
          return seen.includes(': ')
        },
        login: (...given) => enter(...given.filter(each => each !== undefined)),
        enter,
        stall: () => void socket.pause(),
        flow: () => void socket.resume(),
        leave: () => void socket.destroy(),
      }
    },
  }),
}
