/**
 * 11. Commands for programs: `ssh -p 8022 any@127.0.0.1 buy apples && echo fine`. Output is plain,
 * errors go to stderr, and the exit status says whether the command succeeded. Piped input is read
 * as lines: `echo plums 5 | ssh -p 8022 any@127.0.0.1 restock`.
 */
import { createShell, fail, serve } from 'answerback'
import { ssh } from 'answerback/ssh'

const stock = new Map([
  ['apples', 3],
  ['pears', 0],
])

const shop = createShell({ auth: 'open' })
  .command('stock', 'Everything there is; a program gets it as JSON.', () => Object.fromEntries(stock))
  .command('buy <fruit>', 'Take one.', ({ fruit }) => {
    const left = stock.get(fruit)
    if (left === undefined) throw fail(`There is no such fruit: ${fruit}.`, { status: 3 })
    if (left === 0) throw fail(`No ${fruit} are left.`, { status: 4 })
    stock.set(fruit, left - 1)
    return `One of the ${fruit} is yours.`
  })
  .command('restock', 'Take deliveries from the input: a fruit and a number a line.', async function* (_, session) {
    for await (const line of session.lines()) {
      const [fruit = '', number = ''] = line.split(' ')
      if (!/^[1-9]\d*$/.test(number)) throw fail(`That is no delivery: ${line}`, { status: 2 })
      stock.set(fruit, (stock.get(fruit) ?? 0) + Number(number))
      yield `${fruit}: ${stock.get(fruit)}\n`
    }
  })

export const server = await serve(shop, {
  listen: [ssh({ port: Number(process.env.PORT ?? 8022), hostKey: process.env.HOST_KEY ?? 'host_key' })],
})
for (const { host, port } of server.addresses) console.log(`ssh -p ${port} any@${host}`)
