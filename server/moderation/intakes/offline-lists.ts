import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { listsOf, prepareList } from '../../../db/queries/intakes/intake-lists.ts'
import type { Dependencies } from '../../dependencies.ts'
import { writeIntakeTemplate } from '../../documents/feedback-form/intake-template.ts'
import { UnreadableDocument } from '../../documents/reading/unreadable-document.ts'
import { actOf, memberOf, memberWith } from '../../plugins/roles.ts'
import type { RowError } from '../../rules/intakes/intake-letter.ts'
import { type FoldedErrors, foldErrors } from '../../rules/intakes/row-errors.ts'
import { wholeDraft, wholeDraftName } from '../../rules/names.ts'
import type { FieldError } from '../../rules/typed.ts'
import { nameClauses } from '../../text/words/clause-names.ts'
import { type Asked, consultationAsked, consultationChoices } from './intake-consultation.ts'
import { readSentList } from './intake-upload.ts'
import { type ShownList, shownList } from './shown-list.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'moderation/intakes/offline-lists': {
      consultations: { slug: string; title: string; current: boolean }[]
      slug: string
      errors: FieldError[]
      /** What is wrong in the rows of the table, and in how many places. */
      rows: FoldedErrors[]
      rowCount: number
      lists: ShownList[]
    }
  }
}

/** So many errors of a kind are shown one by one. */
const shownOfAKind = 100

/** /moderation/offline/lists: tables of many letters, and the blank one. What is wrong with one is said by row. */
export function offlineLists(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals, now } = deps

  app.get('/offline/lists', async (request, reply) => {
    const asked = await consultationAsked(deps, request)
    return show(deps, request, reply, asked, { problem: null, errors: [] })
  })

  app.get('/offline/lists/template.xlsx', async (request, reply) => {
    const { round } = await consultationAsked(deps, request)
    const clauses = [...nameClauses(round.units)].map(([key, { name }]) => ({ key, name }))
    const template = writeIntakeTemplate([...clauses, { key: wholeDraft, name: wholeDraftName }])
    return saveAs(reply, '线下意见录入模板.xlsx', template)
  })

  app.post('/offline/lists', async (request, reply) => {
    const asked = await consultationAsked(deps, request)
    const { consultation, round } = asked
    memberWith(request, consultation.id, 'moderator')
    try {
      const { fileName, letters, errors } = await readSentList(request.body, consultation, round, now())
      if (errors.length > 0) {
        return show(deps, request, reply, asked, { problem: '表格里有错误，没有录入', errors })
      }
      const about = { consultationId: consultation.id, round: round.number, fileName }
      const id = await prepareList(db, seals, about, letters, actOf(request, deps))
      return reply.redirect(`/moderation/offline/lists/${id}`, 303)
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error
      return show(deps, request, reply, asked, { problem: error.message, errors: [] })
    }
  })
}

/** Sends a workbook that is to be saved under a Chinese name (RFC 6266, RFC 8187), and kept by no cache. */
function saveAs(reply: FastifyReply, name: string, content: Readable): FastifyReply {
  return reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(content)
}

async function show(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  { problem, errors }: { problem: string | null; errors: RowError[] },
): Promise<FastifyReply> {
  const lists = await listsOf(deps.db, memberOf(request).id)
  return reply.code(problem === null ? 200 : 422).page('moderation/intakes/offline-lists', {
    consultations: consultationChoices(asked),
    slug: asked.consultation.slug,
    errors: problem === null ? [] : [{ field: 'file', message: problem }],
    rows: foldErrors(errors).map((kind) => ({ ...kind, each: kind.each.slice(0, shownOfAKind) })),
    rowCount: errors.length,
    lists: await Promise.all(lists.map((list) => shownList(deps, list))),
  })
}
