import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SCRATCH = '.cache/docs'
const pages = [
  'README.md',
  ...readdirSync('docs')
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
]
const blocks = pages.flatMap(page => blocksOf(page, readFileSync(page, 'utf8')))

describe('the documents', () => {
  it('show only code that compiles against the package', { timeout: 60_000 }, () => {
    const samples = blocks.filter(({ language }) => language === 'ts')
    expect(samples).not.toEqual([])
    expect(errorsIn(samples)).toEqual([])
  })

  it('show no TypeScript that is kept from the compiler', () => {
    const kept = blocks.filter(
      ({ language, rest }) => /^(?:ts|typescript|js|javascript)$/.test(language) && (language !== 'ts' || rest),
    )
    expect(kept.map(({ page, line, language, rest }) => `${page}:${line}: \`\`\`${language} ${rest}`)).toEqual([])
  })

  it('name only scripts and examples that exist', () => {
    expect(blocks.filter(({ language }) => language === 'sh').flatMap(deadCommandsIn)).toEqual([])
  })
})

describe('the table of ends', () => {
  it('has every reason for which the server ends a session', () => {
    const reasons = [...new Set(ROOMS_THAT_END.flatMap(sourcesIn).flatMap(endReasonsIn))]
    expect(reasons).toEqual(expect.arrayContaining(['idle', 'displaced', 'end of input', 'login', 'exit']))
    const operations = readFileSync('docs/OPERATIONS.md', 'utf8')
    expect(reasons.filter(reason => !operations.includes(`\n| \`${reason}\``))).toEqual(['disconnected'])
  })
})

describe('the reading of the documents', () => {
  it('finds blocks and the line at which their code begins, indented in lists too', () => {
    const page = [
      '# Title',
      '```ts',
      'let a = 1',
      '```',
      '- item',
      '  ```sh',
      '  npm start',
      '  ```',
      '````md',
      '```ts',
      '```',
      '````',
    ]
    expect(blocksOf('x.md', page.join('\n'))).toEqual([
      { page: 'x.md', line: 3, language: 'ts', rest: '', code: 'let a = 1' },
      { page: 'x.md', line: 7, language: 'sh', rest: '', code: 'npm start' },
      { page: 'x.md', line: 10, language: 'md', rest: '', code: '```ts\n```' },
    ])
  })

  it('names the file and the line of what does not compile', { timeout: 60_000 }, () => {
    const code = `import { createShell } from 'answerback'\n\ncreateShell({ prompt: 7 })`
    expect(errorsIn([{ page: 'x.md', line: 10, language: 'ts', rest: '', code }])).toEqual([
      expect.stringMatching(/^x\.md:12: Type 'number' is not assignable to type 'string/),
    ])
  })

  it('finds a script and an example that do not exist', () => {
    const code =
      'npm install answerback\nnpm test # all\nnpm run nope\nnode examples/nope.js\nnpm run lint -- src && npm run gone'
    expect(deadCommandsIn({ page: 'x.md', line: 1, language: 'sh', rest: '', code })).toEqual([
      'x.md:3: npm run nope',
      'x.md:4: node examples/nope.js',
      'x.md:5: npm run gone',
    ])
  })
})

/** Rooms whose code ends sessions. */
const ROOMS_THAT_END = ['src/guard', 'src/shell/login', 'src/shell/runtime', 'src/shell/session']

function sourcesIn(room: string): string[] {
  const names = readdirSync(room).filter(name => /(?<!\.(?:test|suite))\.ts$/.test(name))
  return names.map(name => readFileSync(join(room, name), 'utf8'))
}

/** The reasons in calls of `end` and `abort`, and in the type of those that a watch finds. */
function endReasonsIn(source: string): string[] {
  const lines = source.match(/(?:\.(?:end|abort)\(|type EndReason).*/g) ?? []
  return lines.flatMap(line => Array.from(line.matchAll(/(?<!=== )'([a-z ]+)'/g), ({ 1: reason = '' }) => reason))
}

/** A fenced block; `line` is that of its first line of code. */
interface Block {
  readonly page: string
  readonly line: number
  readonly language: string
  /** What follows the language on the line of the fence. */
  readonly rest: string
  readonly code: string
}

function blocksOf(page: string, markdown: string): Block[] {
  const fences = markdown.matchAll(/^( *)(`{3,}) *([\w-]*) *(.*)\n([\s\S]*?)^\1\2 *$/gm)
  return [...fences].map(({ index, 1: indent = '', 3: language = '', 4: rest = '', 5: body = '' }) => {
    const code = body.replaceAll(new RegExp(`^${indent}`, 'gm'), '').replace(/\n$/, '')
    return { page, line: markdown.slice(0, index).split('\n').length + 1, language, rest, code }
  })
}

/** Compiles all blocks in one run of the compiler, below the project, so that the package's own name leads to its build. */
function errorsIn(samples: readonly Block[]): string[] {
  const folder = join(SCRATCH, String(process.hrtime.bigint()))
  mkdirSync(folder, { recursive: true })
  try {
    samples.forEach(({ code }, index) => writeFileSync(join(folder, `${index}.ts`), `${code}\nexport {}\n`))
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
    const { stdout } = spawnSync(
      process.execPath,
      ['node_modules/typescript/bin/tsc', '-p', folder, '--pretty', 'false'],
      { encoding: 'utf8' },
    )
    return stdout
      .split('\n')
      .filter(line => /error TS/.test(line))
      .map(line => placedIn(samples, line))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A reader's settings: strict, with Node's types. */
const settings = {
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  },
}

function placedIn(samples: readonly Block[], line: string): string {
  const [, index = '', row = '', message = ''] = /(\d+)\.ts\((\d+),\d+\): error TS\d+: (.*)/.exec(line) ?? []
  const sample = samples[Number(index || -1)]
  return sample ? `${sample.page}:${sample.line + Number(row) - 1}: ${message}` : line
}

function deadCommandsIn({ page, line, code }: Block): string[] {
  return code
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(/\bnpm (?:run )?([\w:-]+)|\bnode ((?:examples|tools|bench)\/\S+)/g)]
        .filter(([command, script, file]) => (file ? !existsSync(file) : !isScript(command, script ?? '')))
        .map(([command]) => `${page}:${line + index}: ${command}`),
    )
}

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
const NPM_COMMANDS = new Set(['install', 'i', 'ci', 'pack', 'init', 'create', 'publish'])

function isScript(command: string, name: string): boolean {
  return Object.hasOwn(scripts, name) || (!command.startsWith('npm run') && NPM_COMMANDS.has(name))
}
