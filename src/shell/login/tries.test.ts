import { expect, it } from 'vitest'
import type { LoginTries } from '../../core/authenticator.ts'
import { SILENT } from '../../core/log.ts'
import type { LoginServices } from '../../core/transport.ts'
import { ManualClock, settled } from '../../testing/manual-clock.ts'
import { ShellAuthenticator } from './authenticator.ts'

const peer = { transport: 'telnet', secure: false, address: '192.0.2.1' }

function loginWith(delays: number[], more: Partial<LoginServices> = {}) {
  const clock = new ManualClock()
  const told: string[] = []
  const asked: string[] = []
  const tries: LoginTries = {
    attempt(name) {
      told.push(`try ${name}`)
      return delays.shift() ?? 0
    },
    accepted: name => told.push(`accepted ${name}`),
  }
  const auth = {
    name: (name: string) => name === 'guest',
    password(_: string, password: string) {
      asked.push(password)
      return password === 'x'
    },
  }
  const authenticator = new ShellAuthenticator(auth, { clock, log: SILENT, tries, ...more })
  const gone = new AbortController()
  const login = authenticator.login(peer, gone.signal)
  const attempt = (name: string, password: string) => login.attempt({ method: 'password', name, password })
  return { clock, told, asked, gone, login, attempt, authenticator }
}

it('a try waits as long as the tries before it demand, before anybody looks at it', async () => {
  const { clock, asked, attempt } = loginWith([4000])
  let verdict: string | undefined
  void attempt('joe', 'x').then(({ type }) => (verdict = type))
  await clock.advance(3999)
  expect([asked, verdict]).toEqual([[], undefined])
  await clock.advance(1)
  expect([asked, verdict]).toEqual([['x'], 'accepted'])
})

it('tries are counted when they begin, and forgiven when they succeed', async () => {
  const { clock, told, attempt } = loginWith([])
  void attempt('joe', 'y')
  await settled()
  expect(told).toEqual(['try joe'])
  await clock.advance(1000)
  await attempt('joe', 'x')
  expect(told).toEqual(['try joe', 'try joe', 'accepted joe'])
})

it('a name that asks for nothing more is no guess where a password is to follow', async () => {
  const { told, login } = loginWith([9000])
  expect(await login.attempt({ method: 'name', name: 'guest' })).toMatchObject({ type: 'accepted' })
  expect(await login.attempt({ method: 'name', name: 'joe' })).toMatchObject({ type: 'refused', final: false })
  expect(told).toEqual([])
})

it('the number of tries and the time are those of the limits, where the shell does not say', async () => {
  const limits = {
    loginTimeout: 7000,
    maxLoginTries: 1,
    maxCommandsPerSecond: 1,
    maxQueuedMessages: 1,
    slowReader: 'drop',
  } as const
  const { clock, attempt, authenticator } = loginWith([], { limits })
  expect(authenticator.loginTimeout).toBe(7000)
  const verdict = attempt('joe', 'y')
  await clock.advance(1000)
  expect(await verdict).toMatchObject({ type: 'refused', final: true })
})

it('who goes while a try waits leaves no timer, and is not looked at', async () => {
  const { clock, asked, gone, attempt } = loginWith([9000])
  const verdict = attempt('joe', 'x')
  await settled()
  expect(clock.pending).toBe(1)
  gone.abort()
  expect(await verdict).toMatchObject({ type: 'refused' })
  expect([asked, clock.pending]).toEqual([[], 0])
})

it('who goes while a refusal waits leaves no timer', async () => {
  const { clock, gone, attempt } = loginWith([])
  const verdict = attempt('joe', 'y')
  await settled()
  expect(clock.pending).toBe(1)
  gone.abort()
  expect(await verdict).toMatchObject({ type: 'refused' })
  expect(clock.pending).toBe(0)
})
