import type { ReadDocument } from '../../../db/queries/consultations.ts'
import { UnreadableDocument } from '../../documents/unreadable-document.ts'
import { Upload } from '../../plugins/uploads.ts'
import { isUnstorable, typedText } from '../../rules/typed.ts'
import { readDraft } from '../../text/outline.ts'

export const largestFile = 20 * 1024 * 1024

/**
 * Reads the draft of a form: its chosen `file`, else its pasted `text`.
 * @throws UnreadableDocument with a sentence that says what to do
 */
export async function readSentDraft(form: unknown): Promise<ReadDocument> {
  const file: unknown = Reflect.get(Object(form), 'file')
  const read = file instanceof Upload ? await readFile(file) : readPasted(typedText(form, 'text'))
  const draft = readDraft(read.source)
  if (draft.units.length === 0) throw new UnreadableDocument('文件里没有可以提意见的正文，请检查后重新上传。')
  return { ...read, draft }
}

async function readFile({ name, content }: Upload): Promise<Omit<ReadDocument, 'draft'>> {
  if (!content) throw new UnreadableDocument('文件超过 20 MB，请删去图片后另存，再重新上传。')
  const fileName = isUnstorable(name) ? null : name
  return { source: new TextDecoder().decode(content), notes: [], fileName }
}

function readPasted(source: string): Omit<ReadDocument, 'draft'> {
  if (source === '') throw new UnreadableDocument('请选择文件，或者粘贴征求意见稿全文。')
  if (isUnstorable(source)) {
    throw new UnreadableDocument('粘贴的文字里有无法保存的字符，请先粘贴到记事本，再从记事本复制过来。')
  }
  return { source, notes: [], fileName: null }
}
