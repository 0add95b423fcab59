/**
 * 12. SSH without passwords: keys from a file in sshd's format, and certificates of an authority.
 * The lines of `authorized_keys` may begin with from=, command=, expiry-time= and restrict. Bob
 * gives you bob.pub, and gets bob-cert.pub, which logs him in as bob for eight hours. Before the
 * first start:
 *
 *     cp ~/.ssh/id_ed25519.pub authorized_keys
 *     ssh-keygen -t ed25519 -f authority
 *     ssh-keygen -s authority -I 'bob, operator' -n bob -V +8h bob.pub
 */
import { createShell, serve } from 'answerback'
import { ssh } from 'answerback/ssh'

const vault = createShell({
  welcome: 'Nobody was asked for a password.',
  prompt: 'vault> ',
  auth: {
    authorizedKeys: process.env.AUTHORIZED_KEYS ?? 'authorized_keys', // read again when it changes
    userCAs: process.env.USER_CAS ?? 'authority.pub',
    // Called for accepted keys that have signed; comment is the line's, or the certificate's id.
    publicKey: (name, { comment = '', fingerprint }) => ({
      name,
      role: comment.endsWith(', operator') ? 'operator' : 'guest',
      key: fingerprint,
    }),
    key: user => user.key, // a listed key logs in under any name, so it is the account
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
