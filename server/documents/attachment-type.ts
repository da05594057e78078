import { readFile } from 'node:fs/promises'
import { type AttachmentType, headBytes, kindOf } from '../rules/attachments.ts'
import { findParts, mainPart } from './docx-parts.ts'
import { headOf, type Received } from './file-store.ts'
import { UnreadableDocument } from './unreadable-document.ts'
import { ZipArchive } from './zip-archive.ts'

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
