/** Records the screens of Readline for test/readline: `node tools/record-readline.mjs`. Needs Bash; takes some minutes. */
import { createServer } from 'vite'

const external = ['@xterm/headless', '@xterm/addon-unicode11', '@lydell/node-pty', 'get-east-asian-width']
const server = await createServer({
  server: { middlewareMode: true, ws: false },
  appType: 'custom',
  logLevel: 'error',
  ssr: { external },
})
try {
  await server.ssrLoadModule('/test/readline/record.ts')
} finally {
  await server.close()
}
