import { SILENT } from '../../src/core/log.ts'
import type { Connection } from '../../src/core/connection.ts'
import type { SessionHost } from '../../src/core/transport.ts'
import { MemoryConnection } from '../../src/testing/memory-connection.ts'
import { SCHEDULER } from '../../src/platform/scheduler.ts'
import { SYSTEM_CLOCK } from '../../src/platform/system-clock.ts'
import { Watcher } from './driver.ts'
import type { Driver } from './driver.ts'

/** A user at the in-memory connection; `through` puts something between it and the shell. */
export async function memoryDriver(
  shell: SessionHost,
  through: (connection: Connection) => Connection = same,
): Promise<Driver> {
  const watcher = await Watcher.create()
  const connection = new MemoryConnection()
  connection.onWrite = text => watcher.write(text)
  const closed = new Promise<void>(left => {
    shell.open(through(connection), { clock: SYSTEM_CLOCK, scheduler: SCHEDULER, log: SILENT }, left)
  })
  return {
    transport: 'memory',
    closed,
    type: text => connection.text(text),
    resize(columns, rows) {
      watcher.resize(columns, rows)
      connection.change({ columns, rows })
    },
    until: (...given) => watcher.until(...given),
    async stop() {
      connection.event({ type: 'closed', reason: 'disconnected' })
    },
  }
}

function same(connection: Connection): Connection {
  return connection
}
