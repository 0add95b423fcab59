import pty from '@lydell/node-pty'
import { Watcher } from './driver.ts'
import type { Driver } from './driver.ts'

/** The demo on a terminal of its own: the built program, in a real pseudo-terminal. */
export async function localDriver(): Promise<Driver> {
  const watcher = await Watcher.create()
  const program = new URL('../../dist/cli/main.js', import.meta.url).pathname
  const child = pty.spawn(process.execPath, [program, '--local'], { name: 'xterm-256color', cols: 80, rows: 24 })
  child.onData(text => watcher.write(text))
  const closed = new Promise<void>(resolve => {
    child.onExit(() => resolve())
  })
  return {
    transport: 'local',
    closed,
    type: text => child.write(text),
    resize(columns, rows) {
      watcher.resize(columns, rows)
      child.resize(columns, rows)
    },
    until: (...given) => watcher.until(...given),
    async stop() {
      child.kill()
      await closed
    },
  }
}
