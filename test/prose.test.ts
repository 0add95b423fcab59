import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** What a machine can hold of how the documents are written: short sentences, plain words, width. */
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
    if (open && open.last === line - 1 && !/^\s*(?:[-*]|\d+\.) /.test(text)) {
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
