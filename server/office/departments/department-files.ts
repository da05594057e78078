import type { FastifyInstance } from 'fastify'
import { logAlone } from '../../../db/act.ts'
import type { Assignment } from '../../../db/queries/departments/assigned-things.ts'
import { replyOfLetter } from '../../../db/queries/departments/department-replies.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import type { Seals } from '../../../db/sealing/sealed.ts'
import type { Dependencies } from '../../dependencies.ts'
import { FileStore } from '../../documents/files/file-store.ts'
import { type ClausePlace, clausePlaces } from '../../documents/papers/clause-places.ts'
import { mediaTypes } from '../../documents/papers/papers.ts'
import { type ListedForUnit, replyListFormats } from '../../documents/papers/reply-list.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { assignmentKey, assignmentKinds } from '../../rules/departments/assignments.ts'
import { disposition } from '../papers/paper-files.ts'
import { paperReader } from '../papers/paper-readers.ts'
import { readable, senderOf } from './given-thing.ts'
import { openThings } from './open-things.ts'

interface OfDepartment {
  Params: { department: string }
}
interface OfLetter {
  Params: { department: string; letter: string }
}

/**
 * GET /office/:slug/departments/:department/letters/:letter: the scan of a department's letter, as it was sent; …/list.xlsx and
 * …/list.docx: what it has to answer, for a unit without accounts to fill in.
 */
export function departmentFiles(app: FastifyInstance, deps: Dependencies): void {
  const { db, config, seals } = deps
  const store = new FileStore(config.dataDir, 'replies')

  for (const format of ['xlsx', 'docx'] as const)
    app.get<OfDepartment>(`/departments/:department/list.${format}`, async (request, reply) => {
      const { consultation, params } = request
      const { id: consultationId, title } = consultation
      paperReader(request, 'internal')
      const departments = await departmentsOf(db, consultationId)
      const department = departments.find(({ id }) => id === params.department)
      if (!department) throw notFound()
      const [places] = await Promise.all([
        clausePlaces(db, consultationId),
        logAlone(db, actOf(request, deps), 'paper.take', department.id, { kind: 'reply_list', format }),
      ])
      const things = openThings(db, { consultationId, departmentId: department.id })
      const about = { unit: department.name, title }
      return reply
        .type(mediaTypes[format] ?? 'application/octet-stream')
        .header('content-disposition', disposition(`${department.name}待答复意见清单.${format}`))
        .send(await replyListFormats[format](about, listed(things, places, seals)))
    })

  app.get<OfLetter>('/departments/:department/letters/:letter', async (request, reply) => {
    const kept = await replyOfLetter(db, request.consultation.id, request.params.letter)
    const content = kept?.fileId ? await store.read(kept.fileId) : null
    if (!kept || !content) throw notFound()
    return reply
      .type('application/octet-stream')
      .header('content-length', kept.fileSize ?? 0)
      .header('content-disposition', disposition(kept.fileName ?? '函件'))
      .send(content)
  })
}

async function* listed(
  things: AsyncIterable<Assignment>,
  places: ReadonlyMap<string, ClausePlace>,
  seals: Seals,
): AsyncGenerator<ListedForUnit> {
  for await (const one of things) {
    const place = places.get(one.clause)
    const state = one.said?.state ?? null
    const { text, wording } = readable(
      { body: one.text, wording: one.wording, state },
      senderOf(one.said, seals),
    )
    yield {
      key: assignmentKey(one),
      kind: assignmentKinds[one.kind],
      clause: place?.name ?? one.clause,
      clauseText: place?.text ?? '',
      text: wording === null ? text : `${text}\n建议修改为：${wording}`,
    }
  }
}
