import type { TransportHost } from '../../src/core/transport.ts'
import { MemoryConnection } from '../../src/testing/memory-connection.ts'
import type { Caller, Way } from './way.ts'

export const MEMORY: Way = {
  name: 'memory',
  open() {
    let gate: TransportHost | undefined
    return {
      transport: {
        name: 'memory',
        async listen(given) {
          gate = given
          return { address: { transport: 'memory' }, close: async () => {} }
        },
      },
      async come(_, address = '127.0.0.1'): Promise<Caller> {
        const connection = new MemoryConnection({ address })
        const admission = gate?.admit(connection.facts.peer)
        if (admission?.type === 'admitted') gate?.open(connection, admission)
        const enter = (...lines: readonly string[]): void => connection.text(lines.map(line => `${line}\r`).join(''))
        return {
          get seen() {
            return admission?.type === 'refused' ? admission.sentence : connection.output
          },
          get arrived() {
            return admission?.type === 'admitted'
          },
          get closed() {
            return admission?.type === 'refused' || connection.ended !== undefined
          },
          login: (...given) => enter(...given.filter(each => each !== undefined)),
          enter,
          stall: () => connection.stall(),
          flow: () => connection.flow(),
          leave: () => connection.event({ type: 'closed', reason: 'disconnected' }),
        }
      },
    }
  },
}
