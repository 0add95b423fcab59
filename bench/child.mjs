/**
 * Starts the server under test in a process of its own, on a core of its own, and asks it
 * questions.
 */
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { perOperation, processorTime, since } from './processor.mjs'
import { optionsOf, SERVERS } from './servers.mjs'

const SERVER_CORE = '0'
const CLIENT_CORE = '1'
const pins = spawnSync('taskset', ['-p', String(process.pid)]).status === 0

/** So long the engine may still compile what the operations before have made hot. */
const SETTLING_MS = 20

/** Keeps this process, which is the client, off the server's core. Answers whether it could. */
export function pinClient() {
  return pins && spawnSync('taskset', ['-a', '-c', '-p', CLIENT_CORE, String(process.pid)]).status === 0
}

/** `name` is one of `SERVERS`. */
export async function startServer(name, { options, nodeFlags = [] } = {}) {
  const kind = SERVERS[name]
  const node = [
    process.execPath,
    '--expose-gc',
    ...nodeFlags,
    fileURLToPath(new URL('server.mjs', import.meta.url)),
    kind.module,
    JSON.stringify(optionsOf(kind, options)),
  ]
  const [command, ...args] = pins ? ['taskset', '-c', SERVER_CORE, ...node] : node
  const began = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const exited = new Promise(resolve => child.once('exit', resolve))
  const { port } = await firstMessage(child)
  return new Server({ name, ...kind, began, port }, child, exited)
}

function firstMessage(child) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`the server ended with ${code} before it listened`)))
  })
}

class Server {
  /** What it has written: a trace of the engine, where its flags ask for one. */
  output = ''
  #asked = 0
  #child
  #exited

  /** `began`: when its process was started, by the clock of `performance`. */
  constructor({ name, negotiates = false, began, port }, child, exited) {
    Object.assign(this, { name, negotiates, began, port })
    this.#child = child
    this.#exited = exited
    child.setMaxListeners(0)
    child.stdout.setEncoding('latin1').on('data', text => (this.output += text))
  }

  ask(ask, value) {
    const id = this.#asked++
    return new Promise((resolve, reject) => {
      const answered = message => {
        if (message.id !== id) return
        this.#child.off('message', answered).off('exit', gone)
        resolve(message.answer)
      }
      const gone = () => reject(new Error(`the server ${this.name} has ended`))
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

  /**
   * Microseconds of the server's processor for what `work` makes it do, for each of `count`
   * operations, what it sets off in the engine included.
   */
  async cpuOf(work, count = 1) {
    const before = await this.#settledTime()
    await work()
    return perOperation(since(before, await this.#settledTime()), count)
  }

  /** Ends the process, and waits for its end: with a profile being written that takes a while. */
  async stop() {
    this.#child.disconnect()
    await this.#exited
  }

  async #settledTime() {
    await new Promise(resolve => setTimeout(resolve, SETTLING_MS))
    return processorTime(this.#child.pid)
  }
}
