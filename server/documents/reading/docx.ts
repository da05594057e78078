import type { Block } from './blocks.ts'
import { BodyReader } from './docx-body.ts'
import { FootnoteReader } from './docx-footnotes.ts'
import { Notes } from './docx-notes.ts'
import { Lists, numberingElements } from './docx-numbering.ts'
import { type DocxParts, findParts } from './docx-parts.ts'
import { Styles, styleElements } from './docx-styles.ts'
import { readXml } from './xml.ts'
import { readXmlTree, type XmlElement } from './xml-tree.ts'
import type { ZipArchive } from './zip-archive.ts'

/**
 * Reads a Word file (ECMA-376, as Word, WPS and LibreOffice write it): its paragraphs with their automatic numbers,
 * its tables, footnotes and text boxes, tracked changes accepted.
 * @param main the name of its main part
 * @returns the blocks in document order and Chinese sentences about what was not read as it stands
 * @throws UnreadableDocument
 */
export async function readDocx(
  archive: ZipArchive,
  main: string,
): Promise<{ blocks: Block[]; notes: string[] }> {
  const parts = await findParts(archive, main)
  const notes = new Notes()
  const reader = new BodyReader({
    styles: new Styles(await treeOf(archive, parts.styles, styleElements)),
    lists: new Lists(await treeOf(archive, parts.numbering, numberingElements)),
    footnotes: await footnotesOf(archive, parts),
    notes,
  })
  await readXml(archive.read(parts.main), reader)
  if (parts.external > 0) notes.add('external', parts.external)
  if (parts.hasMacros) notes.add('macros')
  if (await hasWords(archive, parts.margins)) notes.add('margins')
  return { blocks: reader.blocks, notes: notes.sentences() }
}

async function treeOf(
  archive: ZipArchive,
  part: string | null,
  wanted: Set<string>,
): Promise<XmlElement | null> {
  return part === null ? null : readXmlTree(archive.read(part), wanted)
}

async function footnotesOf(
  archive: ZipArchive,
  { footnotes, endnotes }: DocxParts,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const part of [footnotes, endnotes]) {
    if (part !== null) await readXml(archive.read(part), new FootnoteReader(texts))
  }
  return texts
}

/** Whether headers or footers say more than page numbers. */
async function hasWords(archive: ZipArchive, margins: string[]): Promise<boolean> {
  let words = ''
  let isText = false
  for (const part of margins.slice(0, 12)) {
    await readXml(archive.read(part), {
      open: (name) => {
        isText = name === 't'
      },
      text: (text) => {
        if (isText && words.length < 1000) words += text
      },
      close: () => {
        isText = false
      },
    })
  }
  return /\p{Script=Han}/u.test(words.replace(/第|页|共/g, ''))
}
