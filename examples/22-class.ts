/**
 * 22. A shell as a class. Node does not run decorators, so compile it first:
 * `npx esbuild examples/22-class.ts --target=es2022 --outfile=dist/22.mjs`, `node dist/22.mjs`.
 */
import { command, fail, serve, Session, shellOf } from 'answerback'
import type { ArgsOf } from 'answerback'
import { telnet } from 'answerback/telnet'

const timer = 'timer <time:number> <message>'

class TestServer extends Session<{ name: string }> {
  static prompt = 'TestServer> '
  static welcome = 'You have connected to the test server.'
  static auth = { name: (name: string) => name.trim() !== '' }

  onStart() {
    return this.writeLine(`Hello ${this.user.name}!`)
  }

  override writeError(text: string) {
    return super.writeError(`\x1b[91m${text}\x1b[0m`)
  }

  @command(['echo', 'copy', 'repeat'], 'Echo text back to the console.') echo(words: string[]) {
    return words.join(' ')
  }

  @command('timeit')
  @command(timer, { summary: 'Send a message after a delay.', notes: { time: 'in seconds' } })
  timer({ time, message }: ArgsOf<typeof timer>) {
    if (time > 3600) throw fail('That is too long.')
    this.after(time * 1000, () => this.writeMessage(message))
    return `Waiting ${time} seconds...`
  }

  @command('passwd', 'Pretend to set a password.') async passwd() {
    const password = await this.secret('New Password: ')
    if (password !== (await this.secret('Retype New Password: '))) throw fail("Passwords don't match.")
    return `Pretending to set a new password for ${this.name}.`
  }

  /** The old way: the command `term`. */
  cmdTERM() {
    return this.terminal.type
  }
}

export const server = await serve(shellOf(TestServer), { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
