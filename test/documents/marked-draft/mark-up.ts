import { ZipArchive } from '../../../server/documents/reading/zip-archive.ts'
import { root } from '../a-docx.ts'
import { zip } from '../zip.ts'

const kind = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** What a lawyer does with some words of the draft in Word. */
export interface Mark {
  /** Words that stand in one run of the draft. */
  at: string
  /** What they are struck out for, '' for nothing; undefined leaves them. */
  instead?: string
  /** A comment on them. */
  says?: string
}

const who = 'w:author="某律师" w:date="2026-11-25T09:00:00Z"'
const run = (text: string, of = 't') =>
  text ? `<w:r><w:${of} xml:space="preserve">${text}</w:${of}></w:r>` : ''

/** A Word copy of the draft with these marks, as Word writes them. */
export async function markUp(draft: Buffer, marks: Mark[]): Promise<Buffer> {
  const archive = await ZipArchive.open(draft)
  const parts: { name: string; content: string | Buffer }[] = []
  const comments: string[] = []
  for (const name of archive.names) {
    const chunks: Buffer[] = []
    for await (const chunk of archive.read(name)) chunks.push(chunk)
    const content = Buffer.concat(chunks)
    if (name === 'word/document.xml')
      parts.push({ name, content: marked(content.toString('utf8'), marks, comments) })
    else if (name === '[Content_Types].xml') {
      const override = `<Override PartName="/word/comments.xml" ContentType="${kind}.comments+xml"/></Types>`
      parts.push({ name, content: content.toString('utf8').replace('</Types>', override) })
    } else if (name === 'word/_rels/document.xml.rels') {
      const more = `<Relationship Id="lawyer" Type="${relation}/comments" Target="comments.xml"/></Relationships>`
      parts.push({ name, content: content.toString('utf8').replace('</Relationships>', more) })
    } else if (name !== 'word/comments.xml') parts.push({ name, content })
  }
  parts.push({ name: 'word/comments.xml', content: root('comments', comments.join('')) })
  return zip(parts.map(({ name, content }) => ({ name, content: content.toString() })))
}

function marked(xml: string, marks: Mark[], comments: string[]): string {
  return marks.reduce((text, { at, instead, says }, id) => {
    const place = text.indexOf(at)
    if (place < 0) throw new Error(`no run holds ${at}`)
    const start = text.lastIndexOf('<w:r>', place)
    const end = text.indexOf('</w:r>', place) + '</w:r>'.length
    const [, words = ''] = /<w:t[^>]*>([^<]*)<\/w:t>/.exec(text.slice(start, end)) ?? []
    const [before = '', ...rest] = words.split(at)
    const changed =
      instead === undefined
        ? run(at)
        : `<w:del w:id="${900 + id}" ${who}>${run(at, 'delText')}</w:del><w:ins w:id="${800 + id}" ${who}>${run(instead)}</w:ins>`
    const isSaid = says !== undefined
    if (isSaid) comments.push(`<w:comment w:id="${id}" ${who}><w:p>${run(says)}</w:p></w:comment>`)
    const [open, close] = isSaid
      ? [
          `<w:commentRangeStart w:id="${id}"/>`,
          `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`,
        ]
      : ['', '']
    return text.slice(0, start) + run(before) + open + changed + close + run(rest.join(at)) + text.slice(end)
  }, xml)
}
