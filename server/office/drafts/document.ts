import type { ReadDocument } from '../../../db/queries/drafts/round-drafts.ts'
import { readDocument, readPastedText } from '../../documents/reading/read-document.ts'
import { UnreadableDocument } from '../../documents/reading/unreadable-document.ts'
import { inMemory, Upload } from '../../plugins/uploads.ts'
import { unjudged } from '../../rules/fields.ts'
import { type FieldError, isUnstorable, typedText } from '../../rules/typed.ts'

/** What may come with a form that brings a draft or its explanation. */
export const draftForm = {
  fileSize: 20 * 1024 * 1024,
  fieldSize: 4 * 1024 * 1024,
  textSize: 8 * 1024 * 1024,
  fields: 100,
  files: 2,
  take: inMemory,
}

/** The draft in a form, besides its `file`; whether it is one is found out by reading it. */
export const draftFields = { text: unjudged() }

/** Reads the draft of a form: its chosen `file`, else its pasted `text`; or what has to be put right. */
export async function sentDraft(
  body: unknown,
): Promise<{ document: ReadDocument; problem: [] } | { document: null; problem: FieldError[] }> {
  const file: unknown = Reflect.get(Object(body), 'file')
  try {
    const document = file instanceof Upload ? await readUploaded(file) : readPasted(typedText(body, 'text'))
    return { document, problem: [] }
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error
    return { document: null, problem: [{ field: 'file', message: error.message }] }
  }
}

function readPasted(text: string): ReadDocument {
  if (text === '') throw new UnreadableDocument('请选择文件，或者粘贴征求意见稿全文。')
  return { ...readPastedText(text), fileName: null }
}

/** @throws UnreadableDocument with a sentence that says what to do */
export async function readUploaded({ name, content }: Upload): Promise<ReadDocument> {
  if (!content) throw new UnreadableDocument('文件超过 20 MB，请删去图片后另存，再重新上传。')
  const read = await readDocument({ filename: name, bytes: content })
  return { ...read, fileName: isUnstorable(name) ? null : name }
}
