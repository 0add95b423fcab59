import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pty from '@lydell/node-pty'
import { describe, expect, it } from 'vitest'

const PROGRAM = new URL('../../../dist/cli/main.js', import.meta.url).pathname

/**
 * The demo on a pseudo-terminal, run by a shell that shows the terminal's settings before and
 * after.
 */
function onTerminal(): { terminal: pty.IPty; until: (text: string) => Promise<string> } {
  const script = `stty -a | tr ';' '\\n' > /dev/null; stty -g; '${process.execPath}' '${PROGRAM}' --local; echo "status $?"; stty -g; echo done`
  const terminal = pty.spawn('/bin/sh', ['-c', script], { name: 'xterm', cols: 80, rows: 24 })
  let output = ''
  let changed = (): void => {}
  terminal.onData(text => {
    output += text
    changed()
  })
  const until = async (text: string): Promise<string> => {
    while (!output.includes(text)) await new Promise<void>(resolve => (changed = resolve))
    return output
  }
  return { terminal, until }
}

/** The settings that `stty -g` has shown, first and last. */
function settings(output: string): string[] {
  return output.match(/^[0-9a-f]+(:[0-9a-f]+){10,}/gm) ?? []
}

describe('local: the terminal is as it was', () => {
  it('after a session that ends by itself, with its status', async () => {
    const { terminal, until } = onTerminal()
    await until('Username: ')
    terminal.write('joe\r')
    await until('TestServer> ')
    terminal.write('exit 3\r')
    const output = await until('done')
    expect(output).toContain('status 3')
    const [before, after] = settings(output)
    expect(after).toBe(before)
  })

  it.each(['SIGTERM', 'SIGINT'])('after %s', async signal => {
    const { terminal, until } = onTerminal()
    await until('Username: ')
    spawn('pkill', [`-${signal.slice(3)}`, '-P', String(terminal.pid)])
    const [before, after] = settings(await until('done'))
    expect(after).toBe(before)
  })
})

describe('local: in a shell with job control', () => {
  it.each([
    ['Ctrl-Z', (terminal: pty.IPty) => terminal.write('\x1a')],
    ['STOP from outside', ({ pid }: pty.IPty) => spawn('pkill', ['-STOP', '-P', String(pid)])],
  ] as const)('is suspended by %s; fg brings keys and the half-typed line back', async (_, suspend) => {
    const terminal = pty.spawn('/bin/bash', ['--norc', '-i'], { name: 'xterm', cols: 80, rows: 24 })
    let output = ''
    let changed = (): void => {}
    terminal.onData(text => {
      output += text
      changed()
    })
    const until = async (text: string | RegExp): Promise<void> => {
      while (output.search(text) < 0) await new Promise<void>(resolve => (changed = resolve))
      output = output.slice(output.search(text) + 1)
    }
    terminal.write(`'${process.execPath}' '${PROGRAM}' --local\r`)
    await until('Username: ')
    terminal.write('joe\r')
    await until('TestServer> ')
    terminal.write('echo half')
    await until('echo half')
    suspend(terminal)
    await until('Stopped')
    terminal.write('fg\r')
    await until('TestServer> echo half')
    // In a terminal that is not raw the word would be erased there, where none has been typed.
    terminal.write('\x17halfway\r')
    await until('lhalfway')
    terminal.write('exit\r')
    await until('Goodbye')
    terminal.kill()
  })
})

describe('local: a pipe', () => {
  it('lets a program that listens elsewhere too end with its session', async () => {
    const dist = new URL('../../../dist/', import.meta.url).href
    const program = `
      import { createShell, serve } from '${dist}index.js'
      import { local } from '${dist}transport/local/local.js'
      import { telnet } from '${dist}transport/telnet/telnet.js'
      const terminal = local()
      const server = await serve(createShell(), { listen: [telnet(0), terminal] })
      await terminal.ended
      console.log(server.state)
      await server.close()
      console.log(server.state)
    `
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'pipe' })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stdin.end('exit 3\n')
    const [status] = (await once(child, 'close')) as [number]
    expect([out, status]).toEqual(['serving\nclosed\n', 3])
  })

  it('is read line by line, without prompts, and errors go to the standard error', async () => {
    const child = spawn(process.execPath, [PROGRAM, '--local'], { stdio: 'pipe' })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.stdin.end('joe\necho 1  "2    3"\nnope\nexit 256')
    const [status] = (await once(child, 'close')) as [number]
    expect(out).toBe('1 2    3\n')
    expect(err).toMatch(/nknown command/)
    // Its errors have a colour, where a terminal is.
    expect(err).not.toContain('\x1b')
    expect(status).toBe(255)
  })
})
