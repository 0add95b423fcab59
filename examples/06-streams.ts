/**
 * 6. Responses in pieces: generators of text, at the reader's pace. Ctrl-C ends them and runs their
 * `finally`. And a progress bar, which is a few plain lines where none can be drawn.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { createShell, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

let watching = 0

const shell = createShell({ prompt: 'stream> ' })
  .command('count [to:integer=1000000000]', 'Count, no faster than you can read.', function* ({ to }) {
    for (let n = 1; n <= to; n++) yield `${n}\n`
  })
  .command(
    'watch [seconds:number=1]',
    'Show the memory in use, again and again.',
    async function* ({ seconds }, _, call) {
      watching += 1
      try {
        // The signal fires on Ctrl-C, and when the connection is lost. Over telnet a lost client is
        // noticed at the next writes (docs/OPERATIONS.md, "Quiet connections").
        while (!call.signal.aborted) {
          yield `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB\n`
          await pause(seconds * 1000, undefined, { signal: call.signal }).catch(() => {})
        }
      } finally {
        watching -= 1
      }
    },
  )
  .command('copy [files:integer=20]', 'Pretend to copy files.', ({ files }, session, { signal }) =>
    session.progress('Copying', async bar => {
      for (let n = 1; n <= files; n++) {
        await pause(50, undefined, { signal })
        bar.update(n / files, `file ${n}`)
      }
      return `${files} files.`
    }),
  )
  .command('watching', 'Count those who watch.', () => `${watching} watching.`)

export const server = await serve(shell, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
