import type { FastifyInstance } from 'fastify'
import { v7 as uuid } from 'uuid'
import type { Act } from '../../../db/act.ts'
import {
  addProcedureFile,
  findProcedureFile,
  type ProcedureFile,
  removeProcedureFile,
} from '../../../db/queries/outcomes/procedure-files.ts'
import { procedureStepsOf } from '../../../db/queries/outcomes/procedure-steps.ts'
import type { Dependencies } from '../../dependencies.ts'
import { FileStore } from '../../documents/files/file-store.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf, memberWith } from '../../plugins/roles.ts'
import { inMemory, Upload } from '../../plugins/uploads.ts'
import {
  fileNameOf,
  largestProcedureFile,
  procedureFileProblem,
} from '../../rules/outcomes/procedure-file.ts'
import { typedText } from '../../rules/typed.ts'
import { disposition } from '../papers/paper-files.ts'
import { paperReader } from '../papers/paper-readers.ts'
import { procedurePage } from './procedure.ts'

/** What may come with a file's form; it may be large. */
export const procedureForm = {
  fileSize: largestProcedureFile,
  fieldSize: 1000,
  textSize: 10_000,
  fields: 10,
  files: 1,
  take: inMemory,
}

interface OfFile {
  Params: { file: string }
}

/**
 * /office/:slug/procedure/files: a file of a step, or without one a 依据; it is had as it was sent and never opened in the
 * browser, and may be removed.
 */
export function procedureFiles(app: FastifyInstance, deps: Dependencies): void {
  const { db, config } = deps
  const store = new FileStore(config.dataDir, 'procedure')

  app.post('/procedure/files', async (request, reply) => {
    const { body, consultation } = request
    memberWith(request, consultation.id, 'drafter', 'approver')
    const file = sentFile(body)
    const stepId = typedText(body, 'step') || null
    const steps = stepId === null ? [] : await procedureStepsOf(db, consultation.id)
    if (stepId !== null && steps.every(({ id }) => id !== stepId)) throw notFound()
    const message = procedureFileProblem(file)
    if (message || !file?.content) {
      const page = await procedurePage(deps, request)
      const errors = [{ field: `file-${stepId ?? 'basis'}`, message: message ?? '请选择文件' }]
      return reply.code(422).page('office/outcomes/procedure', { ...page, errors })
    }
    const kept = { id: uuid(), consultationId: consultation.id, stepId, name: fileNameOf(file.name) }
    await keep(deps, store, file.content, kept, actOf(request, deps))
    return reply.redirect(`/office/${consultation.slug}/procedure`, 303)
  })

  app.get<OfFile>('/procedure/files/:file', async (request, reply) => {
    paperReader(request, 'internal')
    const file = await findProcedureFile(db, request.consultation.id, request.params.file)
    const content = file && (await store.read(file.id))
    if (!content) throw notFound()
    return reply
      .type('application/octet-stream')
      .header('content-length', file.size)
      .header('content-disposition', disposition(file.name))
      .send(content)
  })

  app.post<OfFile>('/procedure/files/:file/removal', async (request, reply) => {
    const { id: consultationId, slug } = request.consultation
    memberWith(request, consultationId, 'drafter', 'approver')
    const { file } = request.params
    await removeProcedureFile(db, consultationId, file, actOf(request, deps))
    await store.remove(file)
    return reply.redirect(`/office/${slug}/procedure`, 303)
  })
}

function sentFile(form: unknown): Upload | null {
  const sent: unknown = Reflect.get(Object(form), 'file')
  return sent instanceof Upload ? sent : null
}

/** On the disk first: a row without its file would be a paper that the portal has lost. */
async function keep(
  { db }: Dependencies,
  store: FileStore,
  content: Buffer,
  file: Omit<ProcedureFile, 'size' | 'sha256' | 'createdAt'>,
  act: Act,
) {
  const measures = await store.write(content, file.id)
  try {
    await addProcedureFile(db, { ...file, ...measures }, act)
  } catch (error) {
    await store.remove(file.id)
    throw error
  }
}
