/** Starts the server under test in a process of its own, on a core of its own, and asks it questions. */
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const SERVER_CORE = '0'
export const CLIENT_CORE = '1'
const pins = spawnSync('taskset', ['-p', String(process.pid)]).status === 0

/** Keeps this process, which is the client, off the server's core. Answers whether it could. */
export function pinClient() {
  return pins && spawnSync('taskset', ['-a', '-c', '-p', CLIENT_CORE, String(process.pid)]).status === 0
}

export async function startServer(kind, { options = {}, nodeFlags = [] } = {}) {
  const node = [
    process.execPath,
    '--expose-gc',
    ...nodeFlags,
    fileURLToPath(new URL('server.mjs', import.meta.url)),
    kind,
    JSON.stringify(options),
  ]
  const [command, ...args] = pins ? ['taskset', '-c', SERVER_CORE, ...node] : node
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const exited = new Promise(resolve => child.once('exit', resolve))
  const { port } = await firstMessage(child)
  return new Server(kind, child, port, exited)
}

function firstMessage(child) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`the server ended with ${code} before it listened`)))
  })
}

class Server {
  #asked = 0
  #child
  #exited

  constructor(kind, child, port, exited) {
    this.kind = kind
    this.port = port
    this.#child = child
    this.#exited = exited
    child.setMaxListeners(0)
  }

  ask(ask, value) {
    const id = this.#asked++
    return new Promise((resolve, reject) => {
      const answered = message => {
        if (message.id !== id) return
        this.#child.off('message', answered).off('exit', gone)
        resolve(message.answer)
      }
      const gone = () => reject(new Error(`the server ${this.kind} has ended`))
      this.#child.on('message', answered).once('exit', gone)
      this.#child.send({ ask, value, id })
    })
  }

  /** Waits until a question has an answer that is wanted; at most ten seconds. */
  async askUntil(ask, wanted) {
    for (let tries = 0; tries < 200; tries++) {
      const answer = await this.ask(ask)
      if (wanted(answer)) return answer
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    return this.ask(ask)
  }

  /** Microseconds of the server's processor for what `work` makes it do. */
  async cpuOf(work) {
    const before = await this.ask('cpu')
    await work()
    return (await this.ask('cpu')) - before
  }

  /** Ends the process, and waits for its end: with a profile being written that takes a while. */
  async stop() {
    this.#child.disconnect()
    await this.#exited
  }
}
