/**
 * 20. One declaration per command gives parsing, types, help and completion. Try Tab, `help`,
 * `item add --help`, and mistakes.
 */
import { commandSet, createShell, fail, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

interface User {
  readonly name: string
  readonly role: 'clerk' | 'manager'
}
const stock = new Map([['apple', { name: 'apple', count: 12, price: 0.4, added: new Date(0) }]])

const items = commandSet<User>()
  .command('list [-s, --sort <by:name|count|price>]', 'List what there is.', ({ sort = 'name' }) =>
    [...stock.values()].sort((a, b) => (a[sort] < b[sort] ? -1 : 1)),
  )
  .command(
    'add <name> [count:integer=1] [-p, --price <price:number>]',
    { summary: 'Add to the stock.', notes: { name: 'what it is called', price: 'of one' } },
    ({ name, count, price = 0 }) => {
      if (count < 1) throw fail('Add one at least.', { status: 2 })
      const { count: before } = stock.get(name) ?? { count: 0 }
      stock.set(name, { name, count: before + count, price, added: new Date() })
    },
  )
  .command(
    'remove|rm <name>',
    {
      summary: 'Take out of the stock.',
      allow: session => session.user.role === 'manager',
      complete: { name: () => stock.keys() },
    },
    async ({ name }, session) => {
      if (!stock.has(name)) throw fail(`There is no ${name}.`)
      if (await session.confirm(`Remove every ${name}?`)) stock.delete(name)
    },
  )

const shop = createShell({
  prompt: 'shop> ',
  auth: { name: (name): User => ({ name, role: name === 'anna' ? 'manager' : 'clerk' }) },
})
  .use((session, next, { name }) => (console.log(`${session.name}: ${name}`), next()))
  .use('item|items', items)

export const server = await serve(shop, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
