import type { Draft } from '../../text/outlining/outline.ts'
import { readDraft } from '../../text/outlining/outline.ts'
import { wrappingOf } from '../../text/outlining/wrapped-lines.ts'
import type { Repair } from '../../text/repairing/repair.ts'
import { type Block, sourceOf } from './blocks.ts'
import { readDocx } from './docx.ts'
import { mainPart } from './docx-parts.ts'
import { looksLikeHtml, readHtml } from './html.ts'
import { looksLikeMarkdown, readMarkdown } from './markdown.ts'
import { archiveRefusal, refusalOf } from './refused-kinds.ts'
import { raiseStyledHeadings } from './styled-headings.ts'
import { clean, decodeText } from './text-file.ts'
import { UnreadableDocument } from './unreadable-document.ts'
import { ZipArchive } from './zip-archive.ts'

/** The Civil Code has some 2,500, empty ones between them not counted. */
const mostLines = 20_000

/** A file as it was read. Replaying `repairs` on `readDraft(source)` gives `draft`. */
interface ReadFile {
  /** Everything that was in the file, computed numbers included; one paragraph a line. */
  source: string
  draft: Draft
  /** Steps that its heading styles called for. */
  repairs: Repair[]
  /** Chinese sentences about what was read otherwise than it stands, or not at all. */
  notes: string[]
}

/**
 * Reads an uploaded file: .docx, text (UTF-8, GB18030), Markdown or HTML, told by its content. The name only tells
 * text from Markdown and HTML where the content does not. Nothing is written to disk.
 * @throws UnreadableDocument with a sentence that says what to do, for every other file and every damaged one
 */
export async function readDocument({
  filename,
  bytes,
}: {
  filename: string
  bytes: Buffer
}): Promise<ReadFile> {
  const advice = refusalOf(bytes)
  if (advice) throw new UnreadableDocument(advice)
  if (bytes.length === 0) throw new UnreadableDocument('文件是空的，请检查后重新上传。')
  const isZip = bytes.toString('latin1', 0, 2) === 'PK'
  const { blocks, notes } = isZip ? await readArchive(bytes) : readTextFile(filename, bytes)
  return assemble(blocks, notes)
}

/** Reads text that was typed or pasted into a form. */
export function readPastedText(text: string): ReadFile {
  return assemble([{ text: clean(text), outlineLevel: null }], [])
}

async function readArchive(bytes: Buffer): Promise<{ blocks: Block[]; notes: string[] }> {
  const archive = await ZipArchive.open(bytes)
  const main = await mainPart(archive)
  if (main === null) throw new UnreadableDocument(archiveRefusal(archive.names))
  return readDocx(archive, main)
}

function readTextFile(filename: string, bytes: Buffer): { blocks: Block[]; notes: string[] } {
  const { text, notes } = decodeText(bytes)
  if (looksLikeHtml(text) || /\.html?$/i.test(filename)) return { blocks: readHtml(text), notes }
  if (looksLikeMarkdown(text) || /\.(?:md|markdown)$/i.test(filename))
    return { blocks: readMarkdown(text), notes }
  return { blocks: [{ text, outlineLevel: null }], notes }
}

const brokenLines = '原文每行末尾都断开（多半是从 PDF 复制的），已接成段落，请留意分段是否正确。'

function assemble(blocks: Block[], notes: string[]): ReadFile {
  const source = sourceOf(blocks)
  if (source.split(/\r\n?|\n/).length > mostLines) throw new UnreadableDocument('段落过多，请分成几份上传。')
  const read = readDraft(source)
  if (read.units.length === 0) throw new UnreadableDocument('文件里没有读到正文，请检查后重新上传。')
  const told = wrappingOf(source.split('\n')) ? [...notes, brokenLines] : notes
  return { source, notes: told, ...raiseStyledHeadings(read, blocks) }
}
