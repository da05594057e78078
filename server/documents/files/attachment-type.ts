import { readFile } from 'node:fs/promises'
import { type AttachmentType, headBytes, kindOf } from '../../rules/submissions/attachments.ts'
import { findParts, mainPart } from '../reading/docx-parts.ts'
import { UnreadableDocument } from '../reading/unreadable-document.ts'
import { ZipArchive } from '../reading/zip-archive.ts'
import { headOf, type Received } from './file-store.ts'

/**
 * What a received file is by its content, whatever it is called; null where it is none of the types that are taken. A
 * docx is a zip whose main part is a Word document without macros.
 */
export async function attachmentType(file: Received): Promise<AttachmentType | null> {
  const kind = kindOf(await headOf(file, headBytes))
  if (kind !== 'zip') return kind
  return (await isPlainDocx(await readFile(file.path))) ? 'docx' : null
}

async function isPlainDocx(bytes: Buffer): Promise<boolean> {
  try {
    const archive = await ZipArchive.open(bytes)
    const main = await mainPart(archive)
    return main !== null && !(await findParts(archive, main)).hasMacros
  } catch (error) {
    if (error instanceof UnreadableDocument) return false
    throw error
  }
}
