/** 2. A login by name and password. The result of `auth` is `session.user`, and has its type. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { createShell, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

interface Account {
  readonly name: string
  readonly role: 'admin' | 'guest'
  readonly salt: Buffer
  readonly hash: Buffer
}

const hashed = promisify<string, Buffer, number, Buffer>(scrypt)
const accounts = new Map<string, Account>()

async function register(name: string, role: Account['role'], password: string): Promise<void> {
  const salt = randomBytes(16)
  accounts.set(name, { name, role, salt, hash: await hashed(password, salt, 32) })
}

/** Refusals take the same time, whatever the reason, and say the same: `serve` sees to both. */
async function check(name: string, password: string): Promise<Account | null> {
  const account = accounts.get(name)
  if (account === undefined) return null
  return timingSafeEqual(account.hash, await hashed(password, account.salt, 32)) ? account : null
}

await register('john', 'admin', 'concord')
await register('eric', 'guest', 'parrot')

const office = createShell({
  banner: 'Private. Try john (concord) or eric (parrot).',
  prompt: session => `${session.name}> `,
  auth: { password: check, maxTries: 3 },
})
  .onStart(session => session.writeLine(`Hello ${session.user.name}, you are ${session.user.role}.`))
  .command('whoami', 'Show who you are.', (_, { user }) => ({ name: user.name, role: user.role }))

export const server = await serve(office, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
