import type { Block } from './blocks.ts'

/** Whether a text without a name that says so is Markdown: it has headings marked with #. */
export function looksLikeMarkdown(text: string): boolean {
  return /^#{1,6} \S/m.test(text)
}

/**
 * Reads Markdown (CommonMark, GitHub's tables): the marks are left out, headings keep their rank. Each line is a
 * paragraph, since numbered Chinese lines are typed one under the other.
 */
export function readMarkdown(text: string): Block[] {
  const lines = withoutFrontMatter(text).split(/\r\n?|\n/)
  const blocks: Block[] = []
  let fenced = false
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced
    else if (fenced) blocks.push({ text: line, outlineLevel: null })
    else if (isRow(line) && isRule(lines[index + 1])) {
      const end = lines.findIndex((each, at) => at > index && !isRow(each))
      const rows = lines.slice(index, end < 0 ? undefined : end)
      blocks.push({ table: rows.filter((_, at) => at !== 1).map(cellsOf) })
      index += rows.length - 1
    } else blocks.push(...paragraph(line))
  }
  return blocks
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^\uFEFF?---\r?\n[\s\S]*?\r?\n---\r?\n/, '')
}

function paragraph(line: string): Block[] {
  const heading = /^\s{0,3}(#{1,6})\s+(.*)$/.exec(line)
  if (heading)
    return [
      {
        text: inline((heading[2] ?? '').replace(/ #{1,6}$/, '')),
        outlineLevel: (heading[1]?.length ?? 1) - 1,
      },
    ]
  if (/^(?:---|\*\*\*|___|===)[-*_= ]*$/.test(line.trim())) return []
  const text = inline(line.replace(/^\s*(?:>\s?)+/, '').replace(/^\s*[-*+]\s+/, '● '))
  return text.trim() === '' ? [] : [{ text, outlineLevel: null }]
}

function isRow(line: string | undefined): boolean {
  return line?.includes('|') === true && /^\s*\|.*\|\s*$/.test(line)
}

function isRule(line: string | undefined): boolean {
  return isRow(line) && /^[\s|:-]+$/.test(line ?? '')
}

function cellsOf(row: string): string[] {
  return row
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => inline(cell).trim())
}

/** No one emphasises in longer lines; in these, looking for pairs of marks could take for ever. */
const longestMarked = 5000

/** The words of a line without emphasis, links and escapes. */
function inline(text: string): string {
  if (text.length > longestMarked || !/[[*_`\\]/.test(text)) return text
  return text
    .replace(/!\[[^\][]*\]\([^)[]*\)/g, '')
    .replace(/\[([^\][]+)\]\([^)[]*\)/g, '$1')
    .replace(/(\*\*|__)(?=\S)(.+?)\1/g, '$2')
    .replace(/(?<![\w*])\*(?=\S)([^*]+?)\*(?![\w*])/g, '$1')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
}
