import { mainPart } from '../reading/docx-parts.ts'
import { relationsOf } from '../reading/relations.ts'
import { readXml } from '../reading/xml.ts'
import { ZipArchive } from '../reading/zip-archive.ts'
import { MarginComments } from './margin-comments.ts'
import { type MarkedParagraph, MarkedParagraphs } from './marked-paragraphs.ts'

/** A draft on which somebody has worked in Word: with 修订 (tracked changes) and 批注 (comments). */
export interface MarkedDraft {
  paragraphs: MarkedParagraph[]
  /** What the comments say, by their ids, in their order. */
  comments: Map<string, string>
}

const mostBytes = 16 * 1024 * 1024

/**
 * Reads the changes and comments of a Word file.
 * @returns null where it is no Word file, or nothing in it is marked
 * @throws UnreadableDocument where it is damaged or made to do harm
 */
export async function readMarkedDraft(bytes: Buffer): Promise<MarkedDraft | null> {
  if (bytes.toString('latin1', 0, 2) !== 'PK') return null
  const archive = await ZipArchive.open(bytes, mostBytes)
  const main = await mainPart(archive)
  if (main === null) return null
  const reader = new MarkedParagraphs()
  await readXml(archive.read(main), reader)
  const paragraphs = reader.end()
  const comments = await commentsOf(archive, main)
  const isChanged = paragraphs.some((pieces) =>
    pieces.some(({ kind, text }) => kind !== 'kept' && text.trim() !== ''),
  )
  return isChanged || comments.size > 0 ? { paragraphs, comments } : null
}

async function commentsOf(archive: ZipArchive, main: string): Promise<Map<string, string>> {
  const relations = await relationsOf(archive, main)
  const part = relations.find(({ type, external }) => type === 'comments' && !external)?.target
  const reader = new MarginComments()
  if (part && archive.has(part)) await readXml(archive.read(part), reader)
  return new Map(
    [...reader.texts].map(([id, text]) => [id, text.trim()] as const).filter(([, text]) => text !== ''),
  )
}
