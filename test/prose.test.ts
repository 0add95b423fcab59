import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** What a machine can check of how documents and comments are written: sentences, words, width. */
const MOST_WORDS = 30
const MOST_COLUMNS = 100

/** Words that make a reader read twice, each with those of the field. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/\bheed(?:s|ed|ing)?\b/gi, 'handle, ignore'],
  [/\banew\b/gi, 'again, new'],
  [/\bcomings\b/gi, 'connections'],
  [/\bparted\b/gi, 'split, separated'],
  [/\bstands?\b/gi, 'is'],
  [/\b(?:is|are|was|were) told\b/gi, 'reads, receives, is reported'],
  [/\btakes? (?:its|the) place\b/gi, 'replaces, evicts'],
  [/\b(?:who|what)(?:so)?ever (?=is\b|has\b|comes\b)/gi, 'a thing: the user, the peer'],
  [/\b(?:whoever|nobody|somebody)\b/gi, 'a thing: the user, the peer, no client'],
]

interface Paragraph {
  readonly line: number
  readonly text: string
}

const documents = ['.', 'docs', 'examples']
  .flatMap(folder => readdirSync(folder).map(name => (folder === '.' ? name : `${folder}/${name}`)))
  .filter(path => path.endsWith('.md'))

describe.each(documents)('%s', path => {
  const markdown = readFileSync(path, 'utf8')

  it(`has no sentence of more than ${MOST_WORDS} words`, () => {
    expect(longSentencesIn(markdown).map(found => `${path}:${found}`)).toEqual([])
  })

  it('uses the words of the field', () => {
    expect(bannedWordsIn(markdown).map(found => `${path}:${found}`)).toEqual([])
  })

  it(`wraps its prose at ${MOST_COLUMNS} columns`, () => {
    expect(wideLinesIn(markdown).map(found => `${path}:${found}`)).toEqual([])
  })
})

describe('the comments of the source', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => ({ path: `src/${name}`, source: readFileSync(`src/${name}`, 'utf8') }))
  const found = (find: (source: string) => string[]) =>
    sources.flatMap(({ path, source }) => find(source).map(fault => `${path}:${fault}`))

  it(`have no sentence of more than ${MOST_WORDS} words`, () => {
    expect(found(source => longSentencesIn(commentsOf(source)))).toEqual([])
  })

  it('use the words of the field', () => {
    expect(found(source => bannedWordsIn(commentsOf(source)))).toEqual([])
  })

  it(`are wrapped at ${MOST_COLUMNS} columns`, () => {
    expect(found(wideCommentsIn)).toEqual([])
  })
})

describe('the reading of prose', () => {
  const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(' ')

  it('counts the words of a sentence, over lines, with code as one word', () => {
    expect(longSentencesIn(`A ${words(28)}\n\`a b c\`. B ${words(29)}.`)).toEqual([])
    expect(longSentencesIn(`# T\n\nA ${words(29)}\n\`a b c\`.`)).toEqual([expect.stringMatching(/^3: 31 words: A w0 /)])
  })

  it('ends a sentence at a full stop, at a list item, and before a bold word', () => {
    expect(longSentencesIn(`A ${words(20)}. **B** ${words(20)}.`)).toEqual([])
    expect(longSentencesIn(`- A ${words(20)}\n- ${words(20)}`)).toEqual([])
    expect(longSentencesIn(`A 1.5 ${words(30)}`)).toHaveLength(1)
  })

  it('reads neither code, nor tables, nor what is generated or quoted', () => {
    const long = words(40)
    const blocks = [
      `\`\`\`text\n${long}\n\`\`\``,
      `| ${long} |`,
      `> ${long}`,
      `<!-- bench:a -->\n${long}\n<!-- bench:end -->`,
    ]
    expect(longSentencesIn(blocks.join('\n\n'))).toEqual([])
    expect(wideLinesIn(blocks.join('\n\n'))).toEqual([])
  })

  it('finds a banned word with its line, and none in code', () => {
    expect(bannedWordsIn('`comings`\n\nThe line\nstands, and nobody is told.')).toEqual([
      '4: stands: is',
      '4: is told: reads, receives, is reported',
      '4: nobody: a thing: the user, the peer, no client',
    ])
  })

  it('reads every kind of comment, and no code', () => {
    const source =
      "/** One. */\nconst a = 1 // two\n/*\n * Three.\n *\n * @default four\n */\nlet b = 'https://five'\n  // six"
    expect(commentsOf(source).split('\n')).toEqual(['One.', 'two', '', 'Three.', '', '@default four', '', '', 'six'])
    expect(bannedWordsIn(commentsOf('const anew = 1\n/** Begun anew. */'))).toEqual(['2: anew: again, new'])
    expect(longSentencesIn(commentsOf(`/**\n * ${words(20)}\n * @default ${words(20)}\n */`))).toEqual([])
  })

  it('finds a comment that is too wide, but no code, and no table', () => {
    expect(wideCommentsIn(`a\n  // ${'b '.repeat(50)}`)).toEqual([expect.stringMatching(/^2: 10[45] columns/)])
    expect(wideCommentsIn(`f(${'b, '.repeat(50)})\n/**\n * | ${'b '.repeat(50)} |\n */`)).toEqual([])
  })

  it('finds a line that is too wide, but for a single link or code', () => {
    expect(wideLinesIn(`a\n${'b '.repeat(51)}`)).toEqual([expect.stringMatching(/^2: 10[12] columns/)])
    expect(wideLinesIn(`[a](${'b'.repeat(101)})`)).toEqual([])
  })
})

function longSentencesIn(markdown: string): string[] {
  return paragraphsIn(markdown).flatMap(({ line, text }) =>
    sentencesIn(plain(text))
      .map(sentence => ({ sentence, count: sentence.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length }))
      .filter(({ count }) => count > MOST_WORDS)
      .map(({ sentence, count }) => `${line}: ${count} words: ${sentence.slice(0, 60)}`),
  )
}

/** A sentence ends at a mark before a capital, a figure, emphasis, or our own name. */
function sentencesIn(text: string): string[] {
  return text.split(/(?<=[.!?:]["”’)*]*)\s+(?=["“‘(*]*(?:[\p{Lu}\p{N}]|answerback\b))/u)
}

function bannedWordsIn(markdown: string): string[] {
  return proseLinesOf(markdown).flatMap(({ line, text }) =>
    BANNED.flatMap(([pattern, better]) =>
      [...plain(text).matchAll(pattern)].map(([word]) => `${line}: ${word}: ${better}`),
    ),
  )
}

/** Returns the comments of a source as Markdown, each line in its place. */
function commentsOf(source: string): string {
  let within = false
  const lines = source.split('\n').map(line => {
    if (!within && !/^\s*\/\*/.test(line)) return /(?:^|\s)\/\/ (.*)$/.exec(line)?.[1] ?? ''
    within = !line.includes('*/')
    return line.replace(/^\s*\/?\*{1,2}(?!\/) ?/, '').replace(/\s*\*\/.*$/, '')
  })
  return lines.join('\n')
}

/** A comment behind code is as wide as its code lets it be. */
function wideCommentsIn(source: string): string[] {
  const comments = commentsOf(source).split('\n')
  const isProse = (line: string, index: number) => /^\s*(?:\/?\*|\/\/)/.test(line) && !comments[index]?.startsWith('|')
  const lines = source.split('\n').map((line, index) => (isProse(line, index) ? line : ''))
  return wideLinesIn(lines.join('\n'))
}

/** A line that cannot be broken may be wide. */
function wideLinesIn(markdown: string): string[] {
  return proseLinesOf(markdown)
    .map(({ line, text }) => ({ line, width: [...text].length, words: text.trim().split(/\s+/).length }))
    .filter(({ width, words }) => width > MOST_COLUMNS && words > 2)
    .map(({ line, width }) => `${line}: ${width} columns`)
}

/** Code is one word, and of a link only its text is read. */
function plain(text: string): string {
  return text.replaceAll(/(`+)(?!`).+?(?<!`)\1(?!`)/gs, 'X').replaceAll(/\[([^\]]*)\]\([^)\s]*\)/g, '$1')
}

function paragraphsIn(markdown: string): Paragraph[] {
  const paragraphs: { line: number; lines: string[]; last: number }[] = []
  for (const { line, text } of proseLinesOf(markdown)) {
    const open = paragraphs.at(-1)
    if (open && open.last === line - 1 && !/^\s*(?:[-*]|\d+\.|@\w+) /.test(text)) {
      open.lines.push(text.trim())
      open.last = line
    } else paragraphs.push({ line, lines: [text.trim()], last: line })
  }
  return paragraphs.map(({ line, lines }) => ({ line, text: lines.join(' ') }))
}

/** Lines of prose: not code, tables, headings, quotes, nor what a tool generates. */
function proseLinesOf(markdown: string): Paragraph[] {
  let within: RegExp | undefined
  return markdown.split('\n').flatMap((text, index) => {
    if (within) {
      if (within.test(text)) within = undefined
      return []
    }
    if (/^\s*```/.test(text)) within = /^\s*```/
    else if (text.startsWith('<!-- bench:')) within = /^<!-- bench:end/
    else if (text.trim() !== '' && !/^\s*[|#>]|^<!--/.test(text)) return [{ line: index + 1, text }]
    return []
  })
}
