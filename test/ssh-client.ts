import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { peer } from './peers.ts'

/** What a program has left behind. */
export interface Ran {
  readonly out: string
  readonly error: string
  readonly status: number | null
}

/** Runs a program to its end; `input` is its standard input. */
export function run(
  program: string,
  args: readonly string[],
  input = '',
  env: Record<string, string> = {},
): Promise<Ran> {
  const child = spawn(program, args, { env: { ...process.env, ...env } })
  child.stdin.on('error', () => {}).end(input)
  return left(child)
}

/** Resolves when a program has ended, with all that it said. */
export function left(child: ChildProcess): Promise<Ran> {
  let [out, error] = ['', '']
  child.stdout?.on('data', data => (out += data))
  child.stderr?.on('data', data => (error += data))
  return new Promise(resolve => child.once('close', status => resolve({ out, error, status })))
}

export const OPENSSH: string = peer('ssh') ?? ''

/** OpenSSH's settings for a server that nobody knows yet, and for keys that are named and no others. */
export function settings(port: number): string[] {
  return ['-F', '/dev/null', '-p', String(port), ...SETTINGS.flatMap(setting => ['-o', setting])]
}

const SETTINGS = [
  'StrictHostKeyChecking=no',
  'UserKnownHostsFile=/dev/null',
  'LogLevel=ERROR',
  'IdentitiesOnly=yes',
  'IdentityAgent=none',
]

/** A program that answers OpenSSH's questions: `secret` where it asks for a password, else `code`. Answers the environment that has it asked. */
export function answering(path: string, secret = 'secret', code = '42'): Record<string, string> {
  writeFileSync(path, `#!/bin/sh\ncase "$1" in *assword*) echo ${secret};; *) echo ${code};; esac\n`)
  chmodSync(path, 0o700)
  return { SSH_ASKPASS: path, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' }
}
