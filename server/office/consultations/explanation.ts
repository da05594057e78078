import type { FastifyInstance } from 'fastify'
import { v7 as uuid } from 'uuid'
import type { ExplanationFile } from '../../../db/schema/index.ts'
import type { Dependencies } from '../../dependencies.ts'
import { FileStore } from '../../documents/files/file-store.ts'
import { UnreadableDocument } from '../../documents/reading/unreadable-document.ts'
import { sendExplanation } from '../../plugins/explanation-reply.ts'
import { Upload } from '../../plugins/uploads.ts'
import { kindOf } from '../../rules/submissions/attachments.ts'
import type { FieldError } from '../../rules/typed.ts'
import { readUploaded } from '../drafts/document.ts'

/** GET /office/:slug/explanation: the file that will go out, for whoever approves it. */
export function explanation(app: FastifyInstance, deps: Dependencies): void {
  app.get('/explanation', (request, reply) => sendExplanation(deps, reply, request.consultation))
}

/** What a form brings as 起草说明: its text, and the file itself where the public is to have that. */
interface SentExplanation {
  /** null: the form's own text stands. */
  text: string | null
  /** undefined: the file that is there stays; null: it is taken away. */
  file: { type: ExplanationFile['type']; content: Buffer } | null | undefined
  errors: FieldError[]
}

/**
 * Reads the form's `explanation_file`. A Word file gives its text and is kept as it is; of a PDF, whose text cannot be
 * read reliably, only the file is kept; other documents give their text alone. @param isRemoved the one that is there goes
 */
export async function sentExplanation(form: unknown, isRemoved: boolean): Promise<SentExplanation> {
  const sent: unknown = Reflect.get(Object(form), 'explanation_file')
  const removed = isRemoved ? null : undefined
  if (!(sent instanceof Upload)) return { text: null, file: removed, errors: [] }
  const type = sent.content && kindOf(sent.content.subarray(0, 8))
  if (sent.content && type === 'pdf') {
    return { text: null, file: { type: 'pdf', content: sent.content }, errors: [] }
  }
  try {
    const { source } = await readUploaded(sent)
    const file = sent.content && type === 'zip' ? { type: 'docx' as const, content: sent.content } : removed
    return { text: source.trim(), file, errors: [] }
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error
    return { text: null, file: undefined, errors: [{ field: 'explanation_file', message: error.message }] }
  }
}

/** Puts the file on the disk, before a row speaks of it. */
export async function keepExplanation(
  { config }: Dependencies,
  { type, content }: { type: ExplanationFile['type']; content: Buffer },
): Promise<ExplanationFile> {
  const id = uuid()
  return { id, type, ...(await new FileStore(config.dataDir, 'explanations').write(content, id)) }
}
