import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { findReply } from '../../../db/queries/departments/department-replies.ts'
import { confirmReply } from '../../../db/queries/departments/reply-confirmation.ts'
import type { Dependencies } from '../../dependencies.ts'
import { FileStore } from '../../documents/files/file-store.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { inMemory, Upload } from '../../plugins/uploads.ts'
import { letterForm } from '../../rules/departments/reply-forms.ts'
import {
  fileNameOf,
  largestProcedureFile,
  procedureFileProblem,
} from '../../rules/outcomes/procedure-file.ts'
import { disposition } from '../papers/paper-files.ts'
import type { OfAssignment } from './assignment.ts'
import { back, replyAsked, shown } from './assignment-acts.ts'

/** What may come with the letter of a department. */
export const letterUpload = {
  fileSize: largestProcedureFile,
  fieldSize: 1000,
  textSize: 10_000,
  fields: 10,
  files: 1,
  take: inMemory,
}

/**
 * POST /office/:slug/assignments/:department/:assignment/reply/confirmation: the head confirms it with the letter's number and
 * day, and a scan where there is one; GET …/letters/:letter: that scan, as it was sent.
 */
export function assignmentFiles(app: FastifyInstance, deps: Dependencies): void {
  const { db, config } = deps
  const store = new FileStore(config.dataDir, 'replies')
  const at = '/assignments/:department/:assignment'

  app.post<OfAssignment>(`${at}/reply/confirmation`, async (request, reply) => {
    const kept = await replyAsked(deps, request)
    const { typed, values, errors } = letterForm.sent(request.body)
    const sent: unknown = Reflect.get(Object(request.body), 'file')
    const file = sent instanceof Upload ? sent : null
    const problem = file && procedureFileProblem(file)
    if (!values || problem) {
      const wrong = [...errors, ...(problem ? [{ field: 'file', message: problem }] : [])]
      return shown(deps, request, reply, { typed, errors: wrong }, 422, kept)
    }
    const act = actOf(request, deps)
    if (!file?.content) {
      await confirmReply(db, kept, { ...values, file: null }, act)
      return back(request, reply)
    }
    // On the disk first: a row without its file would be a letter that the portal has lost.
    const id = randomUUID()
    const measures = await store.write(file.content, id)
    const scan = { id, name: fileNameOf(file.name), ...measures }
    try {
      await confirmReply(db, kept, { ...values, file: scan }, act)
    } catch (error) {
      await store.remove(id)
      throw error
    }
    return back(request, reply)
  })

  app.get<{ Params: OfAssignment['Params'] & { letter: string } }>(
    `${at}/letters/:letter`,
    async (request, reply) => {
      const { department, assignment } = request.own
      const kept = await findReply(db, department.id, assignment)
      const content = kept?.fileId === request.params.letter ? await store.read(kept.fileId) : null
      if (!kept || !content) throw notFound()
      return reply
        .type('application/octet-stream')
        .header('content-length', kept.fileSize ?? 0)
        .header('content-disposition', disposition(kept.fileName ?? '函件'))
        .send(content)
    },
  )
}
