import { MessageChannel } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import type {
  Connection,
  ConnectionEnd,
  ConnectionEvent,
  ConnectionFacts,
  ConnectionSink,
  OutputStream,
} from '../../src/core/connection.ts'

/** What goes through the port, in and out: nothing but what `structuredClone` takes. */
type Input = { call: 'text'; text: string } | { call: 'event'; event: ConnectionEvent }
type Message =
  | { call: 'pause' | 'resume' | 'promptEnd' }
  | { call: 'write'; text: string; stream?: OutputStream | undefined }
  | { call: 'bytes'; bytes: Uint8Array; stream?: OutputStream | undefined }
  | { call: 'hideInput'; hidden: boolean }
  | { call: 'end'; end: ConnectionEnd }
  | { call: 'abort'; reason: string }

/** A connection on the other side of a `MessagePort`, as a shell in a worker thread would have it. */
export function bridged(connection: Connection): Connection {
  const { port1, port2 } = new MessageChannel()
  nearEnd(connection, port1)
  return new FarEnd(structuredClone(connection.facts), port2)
}

/** Beside the real connection: input is posted, calls are made. */
function nearEnd(connection: Connection, port: MessagePort): void {
  const post = (message: Input): void => port.postMessage(message)
  connection.start({
    text: text => post({ call: 'text', text }),
    event(event) {
      post({ call: 'event', event })
      if (event.type === 'closed') port.close()
    },
  })
  port.on('message', (message: Message) => perform(connection, message))
}

function perform(connection: Connection, message: Message): void {
  switch (message.call) {
    case 'write':
      return void connection.write(message.text, message.stream)
    case 'bytes':
      return void connection.writeBytes(message.bytes, message.stream)
    case 'hideInput':
      return connection.hideInput(message.hidden)
    case 'end':
      return connection.end(message.end)
    case 'abort':
      return connection.abort(message.reason)
    case 'pause':
    case 'resume':
    case 'promptEnd':
      return connection[message.call]()
  }
}

class FarEnd implements Connection {
  readonly facts: ConnectionFacts
  readonly queued = 0
  readonly needsDrain = false
  readonly #port: MessagePort

  constructor(facts: ConnectionFacts, port: MessagePort) {
    this.facts = facts
    this.#port = port
  }

  start(sink: ConnectionSink): void {
    this.#port.on('message', (message: Input) => {
      if (message.call === 'text') sink.text(message.text)
      else sink.event(message.event)
    })
  }

  pause(): void {
    this.#post({ call: 'pause' })
  }

  resume(): void {
    this.#post({ call: 'resume' })
  }

  write(text: string, stream?: OutputStream): boolean {
    if (text !== '') this.#post({ call: 'write', text, stream })
    return true
  }

  writeBytes(bytes: Uint8Array, stream?: OutputStream): boolean {
    this.#post({ call: 'bytes', bytes, stream })
    return true
  }

  drained(): Promise<void> {
    return Promise.resolve()
  }

  hideInput(hidden: boolean): void {
    this.#post({ call: 'hideInput', hidden })
  }

  promptEnd(): void {
    this.#post({ call: 'promptEnd' })
  }

  end(end: ConnectionEnd): void {
    this.#post({ call: 'end', end })
  }

  abort(reason: string): void {
    this.#post({ call: 'abort', reason })
  }

  #post(message: Message): void {
    this.#port.postMessage(message)
  }
}
