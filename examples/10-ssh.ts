/**
 * 10. The same shell over SSH, with a password: `ssh -p 8022 john@127.0.0.1`. The first start
 * creates the host key.
 */
import { createShell, serve } from 'answerback'
import { ssh } from 'answerback/ssh'

const lobby = createShell({
  welcome: 'Welcome to my server.',
  prompt: 'lobby> ',
  auth: { password: (name, password) => name === 'john' && password === 'concord' },
}).command('echo|copy|repeat <text...>', 'Echo text back to the console.', ({ text }) => text.join(' '))

export const server = await serve(lobby, {
  listen: [ssh({ port: Number(process.env.PORT ?? 8022), hostKey: process.env.HOST_KEY ?? 'host_key' })],
})
for (const { host, port } of server.addresses) console.log(`ssh -p ${port} john@${host}`)
