/**
 * 12. SSH without passwords: the keys of a file, as sshd reads it, and those that an authority has certified. Before the first start:
 *
 *     cp ~/.ssh/id_ed25519.pub authorized_keys                           # lines may begin with from=, command=, expiry-time=, restrict
 *     ssh-keygen -t ed25519 -f authority                                 # the authority, and then for bob, who gives his bob.pub:
 *     ssh-keygen -s authority -I 'bob, operator' -n bob -V +8h bob.pub   # bob-cert.pub, which lets him in as bob for eight hours
 */
import { createShell, serve } from 'answerback'
import { ssh } from 'answerback/ssh'

const vault = createShell({
  welcome: 'Nobody was asked for a password.',
  prompt: 'vault> ',
  auth: {
    authorizedKeys: process.env.AUTHORIZED_KEYS ?? 'authorized_keys', // read again when it changes
    userCAs: process.env.USER_CAS ?? 'authority.pub',
    // Called for keys that are let in, and have signed: the comment is that of the line, or the id of the certificate.
    publicKey: (name, { comment = '', fingerprint }) => ({
      name,
      role: comment.endsWith(', operator') ? 'operator' : 'guest',
      key: fingerprint,
    }),
    key: user => user.key, // a listed key lets in under any name: its holder is known by the key
  },
})
  .command('whoami', 'Who you are.', (_, { user }) => `${user.name}, ${user.role}`)
  .command(
    'open',
    { summary: 'Open the vault.', allow: ({ user }) => user.role === 'operator' },
    () => 'There are no secrets in it.',
  )

export const server = await serve(vault, {
  listen: [ssh({ port: Number(process.env.PORT ?? 8022), hostKey: process.env.HOST_KEY ?? 'host_key' })],
})
for (const { host, port } of server.addresses) console.log(`ssh -p ${port} bob@${host}`)
