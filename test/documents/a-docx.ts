import { type ZipPart, zip } from './zip.ts'

const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
].join(' ')
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Parts of a Word file as Word writes them; each is the inside of its root element. */
export interface DocxParts {
  body: string
  numbering?: string
  styles?: string
  footnotes?: string
  header?: string
  /** More relationships of the main part. */
  relationships?: string
  /** More files. */
  files?: ZipPart[]
}

/** A Word file made of raw XML, so that a test can say anything in it. */
export function aDocx({
  body,
  numbering,
  styles,
  footnotes,
  header,
  relationships = '',
  files = [],
}: DocxParts): Buffer {
  const parts = [
    ['styles', 'styles', styles],
    ['numbering', 'numbering', numbering],
    ['footnotes', 'footnotes', footnotes],
    ['header', 'hdr', header],
  ].filter(([, , content]) => content !== undefined)
  return zip([
    {
      name: '[Content_Types].xml',
      content: contentTypes(['document', ...parts.map(([part]) => part ?? '')]),
    },
    {
      name: '_rels/.rels',
      content: rels(`<Relationship Id="m" Type="${relations}/officeDocument" Target="word/document.xml"/>`),
    },
    { name: 'word/document.xml', content: root('document', `<w:body>${body}</w:body>`) },
    {
      name: 'word/_rels/document.xml.rels',
      content: rels(
        parts
          .map(([part]) => `<Relationship Id="${part}" Type="${relations}/${part}" Target="${part}.xml"/>`)
          .join('') + relationships,
      ),
    },
    ...parts.map(([part, name, content]) => ({
      name: `word/${part}.xml`,
      content: root(name ?? '', content ?? ''),
    })),
    ...files,
  ])
}

function contentTypes(parts: string[]): string {
  const kind = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
  const overrides = parts.map((part) => {
    const type = part === 'document' ? 'document.main' : part
    return `<Override PartName="/word/${part}.xml" ContentType="${kind}.${type}+xml"/>`
  })
  const rels = 'application/vnd.openxmlformats-package.relationships+xml'
  return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="${rels}"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
}

/** An XML part with Word's namespaces. */
export function root(name: string, inside: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:${name} ${namespaces}>${inside}</w:${name}>`
}

export function rels(inside: string): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`
}

/** A paragraph; `properties` is the inside of w:pPr. */
export function p(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
}

/** The w:numPr of a list item. */
export function item(numId: number, ilvl = 0): string {
  return `<w:numPr><w:ilvl w:val="${ilvl}"/><w:numId w:val="${numId}"/></w:numPr>`
}

/** An abstract list with a level for each [format, text] pair, and what else a level says. */
export function abstractList(id: number, levels: [string, string, string?][]): string {
  const written = levels.map(
    ([format, text, more = ''], ilvl) =>
      `<w:lvl w:ilvl="${ilvl}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`,
  )
  return `<w:abstractNum w:abstractNumId="${id}">${written.join('')}</w:abstractNum>`
}

export function list(numId: number, abstractId: number, overrides = ''): string {
  return `<w:num w:numId="${numId}"><w:abstractNumId w:val="${abstractId}"/>${overrides}</w:num>`
}
