import { describe, expect, it } from 'vitest'
import { connect } from '../testing/index.ts'
import type { TestClient } from '../testing/index.ts'
import { createDemo } from './demo.ts'

/** Returns a logged-in user; `seen` returns what they have seen since the login. */
async function visitor(name: string, demo = createDemo()): Promise<{ user: TestClient; seen: () => string }> {
  const user = connect(demo)
  await user.enter(name).settled()
  const from = user.output.length
  return { user, seen: () => user.output.slice(from) }
}

async function answers(line: string): Promise<string> {
  const { user, seen } = await visitor('joe')
  await user.enter(line).settled()
  return seen()
    .replace(`${line}\n`, '')
    .replace(/TestServer> $/, '')
}

const red = (text: string): string => `\x1b[91m${text}\x1b[0m\n`

describe('S21: the longer example', () => {
  it('logs in by a name that is not empty, greets, and counts over all and for each name', async () => {
    const demo = createDemo()
    await visitor('joe', demo)
    await visitor('ann', demo)
    const user = connect(demo).enter('')
    await user.clock.advance(1000)
    await user.enter('joe').settled()
    expect(user.output).toBe(
      [
        'Username: ',
        red('Login incorrect.').trimEnd(),
        'Username: joe',
        'You have connected to the test server.',
        'This server is running memory.',
        'Hello joe!',
        'You are connection #3, you have logged in 2 time(s).',
        'TestServer> ',
      ].join('\n'),
    )
  })

  it('greets nobody who has one command run', async () => {
    const user = connect(createDemo(), {
      exec: 'echo hi',
      terminal: false,
      identity: { name: 'joe', user: { name: 'joe' } },
    })
    await user.ended
    expect(user.output).toBe('hi\n')
  })

  it('greets nobody who pipes a script in', async () => {
    const user = connect(createDemo(), { terminal: false, identity: { name: 'joe', user: { name: 'joe' } } })
    await user.type('echo hi\necho ho\n').endInput().ended
    expect(user.output).toBe('hi\nho\n')
  })

  it('debug lists the keys that the terminal is known to send', async () => {
    expect(await answers('debug')).toMatch(/^Up +ESC \[A$/m)
  })

  it('params shows the words exactly as received', async () => {
    expect(await answers('params a "b  c" d\\ e ""')).toBe('["a","b  c","d e",""]\n')
    expect(await answers('params')).toBe('[]\n')
    expect(await answers('params -- --json')).toBe('["--","--json"]\n')
  })

  it('info shows user, terminal, size and history', async () => {
    const { user, seen } = await visitor('joe')
    user.resize(100, 30).enter('echo hi').enter('info')
    expect(seen()).toContain(
      [
        'Username: joe, terminal type: xterm-256color',
        'Width: 100, height: 30',
        'Command history:',
        '  "echo hi"',
        '  "info"',
        '',
      ].join('\n'),
    )
  })

  it.each(['timer', 'timeit'])('%s sends a message after a delay', async name => {
    const { user, seen } = await visitor('joe')
    user.enter(`${name} 5 "hello world!"`)
    expect(seen()).toBe(`${name} 5 "hello world!"\nWaiting 5 seconds...\nTestServer> `)
    await user.clock.advance(5000)
    expect((await user.screen()).rows.slice(-2)).toEqual(['hello world!', 'TestServer> '])
  })

  it('timer wants both a time and a message, and says so in bright red', async () => {
    for (const words of [
      '',
      '5',
      'x',
      'x late',
      '-1 late',
      '1e999 late',
      '5 hello world',
      '--help me',
      '""',
      '5 a b c',
    ]) {
      expect([words, await answers(`timer ${words}`)]).toEqual([words, red('Need both a time and a message')])
    }
  })

  it('timers end with their session', async () => {
    const { user } = await visitor('joe')
    await user.enter('timer 5 late').enter('exit').ended
    expect(user.clock.pending).toBe(0)
  })

  it('passwd takes the new password from its argument, and out of the history', async () => {
    const { user, seen } = await visitor('joe')
    user.enter('passwd hunter2')
    await user.settled()
    await user.enter('hunter2').settled()
    expect(user.session).toMatchObject({ history: ['passwd'] })
    expect(seen()).toContain('Retype New Password: \nPretending to set a new password for joe.\n')
  })

  it('passwd asks twice, unseen, and refuses two that differ', async () => {
    const { user, seen } = await visitor('joe')
    for (const line of ['passwd', 'one', 'other']) await user.enter(line).settled()
    expect(seen()).toBe(`passwd\nNew Password: \nRetype New Password: \n${red("Passwords don't match.")}TestServer> `)
  })

  it.each(['echo', 'repeat'])('%s repeats its words', async name => {
    expect(await answers(`${name} 1  "2    3"`)).toBe('1 2    3\n')
  })

  it('term, hide-me and its other names are hidden, work, and have help', async () => {
    const list = await answers('help')
    for (const name of ['term', 'hide-me', 'hide-me-too', 'also-me']) {
      expect(list.split('\n').filter(line => line.startsWith(`${name} `))).toEqual([])
      expect(await answers(name)).toMatch(/^(xterm-256color|I am hidden, and do nothing\.)\n$/)
      expect(await answers(`help ${name}`)).toMatch(/Show the terminal type|Do nothing, out of sight/)
    }
  })
})
