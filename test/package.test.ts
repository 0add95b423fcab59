import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/**
 * A project of a user, into which the package has been unpacked as npm would. Not below ours, whose
 * packages it would find.
 */
const PROJECT = mkdtempSync(join(tmpdir(), 'answerback-'))
const PACKAGE = join(PROJECT, 'node_modules/answerback')

beforeAll(() => {
  mkdirSync(PACKAGE, { recursive: true })
  const [{ filename }] = JSON.parse(
    run(npm('pack', '--json', '--ignore-scripts', '--pack-destination', PROJECT), '.'),
  ) as [{ filename: string }]
  run(['tar', '-xf', filename, '--strip-components=1', '-C', 'node_modules/answerback'], PROJECT)
  for (const name of ['get-east-asian-width', '@types'])
    symlinkSync(resolve('node_modules', name), join(PROJECT, 'node_modules', name), 'junction')
}, 120_000)

afterAll(() => rmSync(PROJECT, { recursive: true, force: true }))

describe('the package', () => {
  it('has every source that a map of it names, and no test', () => {
    const files = readdirSync(PACKAGE, { recursive: true, encoding: 'utf8' })
    const maps = files.filter(file => file.endsWith('.map'))
    expect(maps.length).toBeGreaterThan(100)
    const missing = maps.flatMap(map =>
      sourcesOf(map)
        .filter(source => !existsSync(source) || relative(PACKAGE, source).startsWith('..'))
        .map(source => `${map}: ${relative(PACKAGE, source)}`),
    )
    expect(missing).toEqual([])
    expect(files.filter(file => /\.(?:test|suite)\./.test(file))).toEqual([])
  })

  it('has every file that a link of its documents leads to', () => {
    const documents = readdirSync(PACKAGE, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md'))
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', join('examples', 'README.md')]))
    const dead = documents.flatMap(document =>
      linksOf(join(PACKAGE, document))
        .filter(link => !existsSync(join(PACKAGE, dirname(document), link)))
        .map(link => `${document}: ${link}`),
    )
    expect(dead).toEqual([])
  })

  it('leads an editor from a name to where it is written', { timeout: 120_000 }, async () => {
    const user = join(PROJECT, 'user.ts')
    writeFileSync(join(PROJECT, 'package.json'), '{ "type": "module" }')
    writeFileSync(
      join(PROJECT, 'tsconfig.json'),
      '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "strict": true } }',
    )
    writeFileSync(
      user,
      "import { serve } from 'answerback'\nimport { telnet } from 'answerback/telnet'\nserve\ntelnet\n",
    )
    expect(await definitions(user, [3, 4])).toEqual([
      ['src/serve.ts', 'export async function serve'],
      ['src/transport/telnet/telnet.ts', 'export function telnet'],
    ])
  })

  it(
    'has types that TypeScript 5.4 takes without libraries beyond its own and @types/node',
    { timeout: 120_000 },
    () => {
      const entries = ['answerback', 'answerback/transport', 'answerback/telnet', 'answerback/ssh', 'answerback/local']
      const program = [
        ...[...entries, 'answerback/history'].map((entry, i) => `import * as entry${i} from '${entry}'`),
        `await using server = await entry0.serve(entry0.createShell(), { listen: [entry2.telnet(0)] })`,
        'export const all = [entry1, entry3, entry4, entry5, String(server.addresses[0])]',
      ]
      writeFileSync(join(PROJECT, 'package.json'), '{ "type": "module" }')
      writeFileSync(join(PROJECT, 'using.ts'), program.join('\n'))
      const options = ['--module', 'nodenext', '--target', 'es2022', '--strict', '--noEmit', 'using.ts']
      run([process.execPath, resolve('node_modules/typescript-5.4/bin/tsc'), ...options], PROJECT)
    },
  )

  it('shows where in its sources an error came from', () => {
    const fails = "import { createShell } from 'answerback'; createShell({ maxInput: -1 })"
    expect(stderrOf(fails, '--enable-source-maps')).toContain(
      `${join('answerback', 'src', 'shell', 'settings', 'options.ts')}:`,
    )
  })
})

describe('without its optional peers, the package', () => {
  it.each([
    [
      'screen()',
      "import { createShell } from 'answerback'; import { connect } from 'answerback/testing'; await connect(createShell()).screen()",
      'screen() needs @xterm/headless@6 @xterm/addon-unicode11@0.9, and @xterm/headless is not installed: npm install @xterm/headless@6 @xterm/addon-unicode11@0.9.',
    ],
    [
      'answerback/ssh',
      "import { createShell, serve } from 'answerback'; import { ssh } from 'answerback/ssh'; await serve(createShell(), { listen: [ssh({ port: 0, hostKey: 'x' })] })",
      'answerback/ssh needs ssh2@1.17.0, and it is not installed: npm install ssh2@1.17.0.',
    ],
  ])('says which is missing, and the way out: %s', (_, program, sentence) => {
    expect(stderrOf(program)).toContain(`AnswerbackError: ${sentence}`)
  })
})

function stderrOf(program: string, ...options: string[]): string {
  return spawnSync(process.execPath, [...options, '--input-type=module', '-e', program], {
    cwd: PROJECT,
    encoding: 'utf8',
  }).stderr
}

/** The files that the links of a document name, relative to it. */
function linksOf(document: string): string[] {
  const links = readFileSync(document, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)
  return Array.from(links, ({ 1: link = '' }) => link)
}

/** The files that a map names, by their whole paths. */
function sourcesOf(map: string): string[] {
  const { sources, sourceRoot = '' } = JSON.parse(readFileSync(join(PACKAGE, map), 'utf8')) as {
    sources: string[]
    sourceRoot?: string
  }
  return sources.map(source => resolve(PACKAGE, dirname(map), sourceRoot, source))
}

/**
 * Asks TypeScript's server, as editors do, where the names at the beginning of some lines are
 * defined: the file in the package, and what stands there.
 */
async function definitions(file: string, lines: readonly number[]): Promise<string[][]> {
  const program = resolve('node_modules/typescript-5.4/lib/tsserver.js')
  const server = spawn(process.execPath, [program, '--disableAutomaticTypingAcquisition'], { cwd: PROJECT })
  const requests = [
    { command: 'open', arguments: { file } },
    ...lines.map(line => ({ command: 'definition', arguments: { file, line, offset: 2 } })),
  ]
  server.stdin.write(requests.map((each, seq) => `${JSON.stringify({ seq, type: 'request', ...each })}\n`).join(''))
  const found: string[][] = []
  try {
    for await (const line of createInterface(server.stdout)) {
      if (!line.includes('"command":"definition"')) continue
      found.push(placeOf((JSON.parse(line) as { body: Place[] }).body[0]))
      if (found.length === lines.length) break
    }
  } finally {
    server.kill()
  }
  return found
}

interface Place {
  readonly file: string
  readonly start: { readonly line: number }
}

function placeOf(place: Place | undefined): string[] {
  if (place === undefined) return []
  const line = readFileSync(place.file, 'utf8').split('\n')[place.start.line - 1] ?? ''
  return [relative(PACKAGE, place.file).replaceAll('\\', '/'), /^[^(<]*/.exec(line)?.[0] ?? '']
}

function npm(...options: string[]): string[] {
  const { npm_execpath: path } = process.env
  return path === undefined ? ['npm', ...options] : [process.execPath, path, ...options]
}

function run([program = '', ...options]: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, options, {
    cwd,
    encoding: 'utf8',
    shell: program === 'npm' && process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`${program} ${options[0]} has failed.\n${stdout}${stderr}`)
  return stdout
}
