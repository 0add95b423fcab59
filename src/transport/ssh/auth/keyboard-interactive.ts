import type { Challenge } from '../../../core/authenticator.ts'
import { MESSAGE } from '../protocol/codes.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

/** Questions to a client and its answers (RFC 4256): one challenge at a time. */
export class KeyboardInteractive {
  readonly #send: (payload: Uint8Array) => void
  #open: OpenChallenge | undefined

  constructor(send: (payload: Uint8Array) => void) {
    this.#send = send
  }

  /** Whether a challenge waits for its answers. */
  get isOpen(): boolean {
    return this.#open !== undefined
  }

  /** Sends a challenge. Rejects if the client gives it up, or sends anything else. */
  ask({ title = '', instructions = '', prompts }: Challenge): Promise<readonly string[]> {
    const message = new WireWriter().byte(MESSAGE.USERAUTH_INFO_REQUEST).string(title).string(instructions).string('')
    message.uint32(prompts.length)
    for (const { text, echo } of prompts) message.string(text).boolean(echo)
    return new Promise((resolve, reject) => {
      this.#open = { count: prompts.length, resolve, reject }
      this.#send(message.bytes())
    })
  }

  /** Takes a USERAUTH_INFO_RESPONSE. */
  answers(payload: Buffer): void {
    const open = this.#open
    if (open === undefined) return
    const reader = new WireReader(payload, 1)
    const count = reader.uint32()
    const answers: string[] = []
    while (reader.ok && answers.length < Math.min(count, open.count)) answers.push(reader.text())
    this.#open = undefined
    if (count === open.count && reader.complete) open.resolve(answers)
    else open.reject(new Error('the answers do not fit the questions'))
  }

  abandon(): void {
    this.#open?.reject(abandoned())
    this.#open = undefined
  }
}

export function abandoned(): Error {
  return new Error('the questions were given up')
}

interface OpenChallenge {
  readonly count: number
  resolve(answers: readonly string[]): void
  reject(error: Error): void
}
