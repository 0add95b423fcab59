import { describe, expect, it, vi } from 'vitest'
import { connect } from '../../testing/index.ts'
import { createShell } from '../shell.ts'

/** Runs a session whose screen cannot be written, so many times. */
async function faulty(times: number) {
  const log = { debug() {}, info() {}, warn() {}, error: vi.fn() }
  const user = connect(createShell(), { log })
  await user.settled()
  let left = times
  user.connection.onWrite = () => {
    if ((left -= 1) >= 0) throw new Error('no screen')
  }
  await user.type('x').settled()
  return { user, log }
}

describe('a session that fails where nobody else looks after it', () => {
  it('says so, is logged, and ends', async () => {
    const { user, log } = await faulty(1)
    expect(user.output).toContain('Something went wrong. It has been noted.\n')
    expect(log.error.mock.calls.map(([, message]) => message)).toContain('a session has failed')
    expect(user.connection.ended).toEqual({ reason: 'error', status: 1 })
  })
})
