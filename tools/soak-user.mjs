import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

const PAUSE_MS = 20

/** Somebody who works, in line mode, and is answered exactly what they have asked for. */
export class User {
  static #count = 0
  #socket
  #text = ''
  #heard = () => {}
  #number = (User.#count += 1)
  #asked = 0

  static async logIn(port) {
    const user = new User(connect({ port, host: '127.0.0.1', noDelay: true }))
    user.#socket.write('good\r\nright\r\n')
    await user.#until('$ ')
    return user
  }

  constructor(socket) {
    this.#socket = socket
    socket.on('data', bytes => {
      this.#text += bytes.toString('latin1')
      this.#heard()
    })
    socket.on('close', () => this.#heard())
  }

  async work(end) {
    const times = []
    while (performance.now() < end) {
      const word = `${this.#number}-${(this.#asked += 1)}`
      this.#text = ''
      const began = performance.now()
      this.#socket.write(`echo ${word}\r\n`)
      await this.#until('$ ')
      times.push(performance.now() - began)
      if (this.#text !== `${word}\r\n$ `)
        throw new Error(`user ${this.#number} is answered ${JSON.stringify(this.#text)}`)
      await wait(PAUSE_MS)
    }
    return times
  }

  leave() {
    this.#socket.destroy()
  }

  async #until(text) {
    while (!this.#text.includes(text)) {
      if (this.#socket.destroyed) throw new Error(`user ${this.#number} has lost the connection`)
      await new Promise(resolve => (this.#heard = resolve))
    }
  }
}
