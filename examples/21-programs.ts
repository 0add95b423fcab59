/** 21. Existing programs of commander and yargs as commands. Each call creates a new program. */
import { Command, CommanderError } from 'commander'
import { createShell, Failure, sanitize, serve, trusted } from 'answerback'
import type { Session } from 'answerback'
import { telnet } from 'answerback/telnet'
import yargs from 'yargs'

function pizza(words: readonly string[], session: Session): string | undefined {
  const program = new Command('pizza')
    .description('Order a pizza.')
    .argument('<size>', 'how large')
    .option('-c, --cheese <kind>', 'with cheese', 'none')
    .exitOverride()
    .configureOutput({
      writeOut: text => void session.write(text),
      writeErr: text => void session.writeError(text.trimEnd()),
      getOutHelpWidth: () => session.terminal.columns,
    })
  try {
    const { cheese } = program.parse(words, { from: 'user' }).opts<{ cheese: string }>()
    return `One ${program.args[0]} pizza, cheese: ${cheese}.`
  } catch (error) {
    // The program has printed its help, or its error.
    if (error instanceof CommanderError) return undefined
    throw error
  }
}

function tea(words: readonly string[], session: Session): Promise<string> {
  const program = yargs().scriptName('tea').usage('$0 [cups]').alias('h', 'help').exitProcess(false).strictOptions()
  program.option('sugar', { type: 'number', default: 0, describe: 'in spoons' })
  return new Promise((resolve, reject) => {
    const end = (error: unknown, { _: [cups = 1], sugar }: { _: unknown[]; sugar: number }, output: string) =>
      error ? reject(new Failure(linesOf(output))) : resolve(output || `Tea: ${String(cups)} cups, ${sugar} sugar.`)
    void program.wrap(session.terminal.columns).parse([...words], {}, end as never)
  })
}

/** A program's lines are its own, and each may repeat what was typed. */
const linesOf = (output: string) => trusted(output.split('\n').map(sanitize).join('\n'))

const kitchen = createShell({ prompt: 'kitchen> ' })
  .command('pizza [words...]', 'Order a pizza; pizza -h says how.', ({ words }, session) => pizza(words, session))
  .command('tea [words...]', 'Make tea; tea -h says how.', ({ words }, session) => tea(words, session))

export const server = await serve(kitchen, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
