import type { FastifyReply, FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import { Refused } from '../../../db/open.ts'
import {
  addProcedureFile,
  findProcedureFile,
  type ProcedureFile,
  removeProcedureFile,
} from '../../../db/queries/outcomes/procedure-files.ts'
import type { Dependencies } from '../../dependencies.ts'
import { FileStore } from '../../documents/files/file-store.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberWith } from '../../plugins/roles.ts'
import { Upload } from '../../plugins/uploads.ts'
import { fileNameOf, procedureFileProblem } from '../../rules/outcomes/procedure-file.ts'
import { typedText } from '../../rules/typed.ts'
import { consultationOf } from '../consultation.ts'
import { disposition } from '../papers/paper-files.ts'
import { paperReader } from '../papers/paper-readers.ts'
import { pageOf } from './procedure.ts'

/** POST /office/:slug/procedure/files: a file of a step, or without one a 依据. */
export function newProcedureFile(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id: staffId } = memberWith(request, consultationOf(request).id, 'drafter', 'approver')
    const page = await pageOf(deps, request)
    const sent: unknown = Reflect.get(Object(request.body), 'file')
    const file = sent instanceof Upload ? sent : null
    const stepId = typedText(request.body, 'step') || null
    if (stepId !== null && page.steps.every(({ id }) => id !== stepId)) throw notFound()
    const message = procedureFileProblem(file)
    if (message || !file?.content) {
      const errors = [{ field: `file-${stepId ?? 'basis'}`, message: message ?? '请选择文件' }]
      return reply.code(422).page('office/outcomes/procedure', { ...page, errors })
    }
    await keep(
      deps,
      file.content,
      {
        id: uuid(),
        consultationId: page.consultation.id,
        stepId,
        name: fileNameOf(file.name),
        createdAt: deps.now(),
      },
      staffId,
    )
    return reply.redirect(page.address, 303)
  }
}

/** On the disk first: a row without its file would be a paper that the portal has lost. */
async function keep(
  { db, config }: Dependencies,
  content: Buffer,
  file: Omit<ProcedureFile, 'size' | 'sha256'>,
  staffId: string,
) {
  const store = new FileStore(config.dataDir, 'procedure')
  const measures = await store.write(content, file.id)
  try {
    await addProcedureFile(db, { ...file, ...measures }, staffId)
  } catch (error) {
    await store.remove(file.id)
    throw error
  }
}

/** GET /office/:slug/procedure/files/:file, as it was sent and never opened in the browser. */
export function procedureFileDownload({ db, config }: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    paperReader(request, 'internal')
    const file = await findProcedureFile(db, consultationOf(request).id, idIn(request))
    const content = file && (await new FileStore(config.dataDir, 'procedure').read(file.id))
    if (!content) throw notFound()
    return reply
      .type('application/octet-stream')
      .header('content-length', file.size)
      .header('content-disposition', disposition(file.name))
      .send(content)
  }
}

/** POST …/removal */
export function procedureFileRemoval({ db, config, now }: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id: consultationId, slug } = consultationOf(request)
    const { id: staffId } = memberWith(request, consultationId, 'drafter', 'approver')
    const id = idIn(request)
    await removeProcedureFile(db, consultationId, id, staffId, now()).catch((error) => {
      throw error instanceof Refused ? notFound() : error
    })
    await new FileStore(config.dataDir, 'procedure').remove(id)
    return reply.redirect(`/office/${slug}/procedure`, 303)
  }
}

function idIn(request: FastifyRequest): string {
  return String(Reflect.get(Object(request.params), 'file'))
}
