/** Many clients, and what they do together. */
import { Client } from './client.mjs'
import { MESSAGE, MESSAGE_BYTES, PROMPT } from './dialogue.mjs'

/** How many connections are under way at once; a system's own queue is not what is measured. */
const ABREAST = 200

/** Connects so many clients and waits for their prompts, and until each is known for what it is. */
export async function connected(server, count, { mute = false } = {}) {
  const clients = []
  while (clients.length < count) {
    const more = Array.from(
      { length: Math.min(ABREAST, count - clients.length) },
      () => new Client(server.port, { mute }),
    )
    await Promise.all(more.map(client => client.until(PROMPT)))
    clients.push(...more)
  }
  if (server.negotiates && !mute) await until(() => clients.every(({ settled }) => settled))
  return clients
}

/** The same, each having run one command: whatever is made at first use has been made. */
export async function ready(server, count, options) {
  const clients = await connected(server, count, options)
  await closedLoop(clients, () => 'echo begin\r\n', 1)
  return clients
}

/**
 * Connects one after the other, each gone before the next, and answers how long each waited for its
 * prompt, in microseconds.
 */
export async function promptTimes(server, count, { mute = false } = {}) {
  const took = []
  while (took.length < count) {
    const began = performance.now()
    const client = new Client(server.port, { mute })
    await client.until(PROMPT)
    took.push((performance.now() - began) * 1000)
    client.gone = () => {}
    client.reset()
  }
  await server.askUntil('sessions', open => open === 0)
  return took
}

/**
 * Says something to all, whose half-typed lines it must leave as they are, and waits until all have
 * it.
 */
export async function say(server, clients) {
  const message = server.name === 'ours' ? MESSAGE : MESSAGE_BYTES
  const all = Promise.all(clients.map(client => client.exchange('', MESSAGE_BYTES.length)))
  await server.ask('say', message)
  await all
}

/** Closes all by reset, and waits until the server knows. */
export async function dismiss(server, clients) {
  const left = (await server.ask('sessions')) - clients.filter(({ socket }) => !socket.destroyed).length
  for (const client of clients) {
    client.gone = () => {}
    client.reset()
  }
  await server.askUntil('sessions', open => open <= left)
}

/**
 * Each client sends a request, waits for the prompt behind the answer, and sends the next, `each`
 * times over. Answers how long each request took, in microseconds.
 */
export function closedLoop(clients, request, each) {
  return loop(clients, request, [0, each], text => text.endsWith(PROMPT))
}

/**
 * Each client types these keys over and over, one at a time, waiting for each echo, Enter and its
 * prompt included: from the `from`th that it types to the one before `to`.
 */
export function typing(clients, keys, from, to) {
  return loop(
    clients,
    (_, index) => keys[index % keys.length],
    [from, to],
    (text, index) => (index + 1) % keys.length !== 0 || text.endsWith(PROMPT),
  )
}

/** Each client sends what makes the server answer something, one at a time. */
export function each(clients, request, times) {
  return loop(clients, request, [0, times], () => true)
}

function loop(clients, request, [from, to], answered) {
  const took = new Float64Array(clients.length * (to - from))
  let count = 0
  return Promise.all(
    clients.map(
      (client, number) =>
        new Promise((resolve, reject) => {
          let index = from
          let sent = 0
          const send = () => {
            sent = performance.now()
            client.send(request(client, index, number))
          }
          client.hear = text => {
            if (!answered(text, index)) return
            took[count++] = (performance.now() - sent) * 1000
            if (++index < to) send()
            else resolve()
          }
          client.gone = () => reject(client.error ?? new Error('closed by the server'))
          send()
        }),
    ),
  ).then(() => took)
}

/** Waits for something that is asked for again and again; gives up after ten seconds. */
export async function until(holds) {
  for (let tries = 0; tries < 1000; tries++) {
    if (holds()) return
    await pause(10)
  }
  throw new Error('waited ten seconds in vain')
}

export function pause(ms) {
  return new Promise(resolve => setTimeout(resolve, ms))
}
