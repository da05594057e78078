import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Act } from '../../../db/act.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { addRound, type ReadDocument, replaceRound } from '../../../db/queries/drafts/round-drafts.ts'
import { findRound, roundBefore, roundsOf } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { form, type TypedIn } from '../../rules/form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'
import { carryOn } from './carry-on.ts'
import { draftFields, sentDraft } from './document.ts'

const importForm = form(draftFields)

interface ImportPage {
  consultation: Consultation
  /** The round that the document becomes. */
  number: number
  /** Whether it takes the place of a draft that has been read in already. */
  replaces: boolean
  typed: TypedIn<typeof importForm>
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/drafts/import': ImportPage
  }
}

/** /office/:slug/import: the next round, or another document for the one that is not published yet. */
export function draftImport(app: FastifyInstance, deps: Dependencies): void {
  app.get('/import', (request, reply) => show(deps, request, reply, importForm.blank, []))

  app.post('/import', async (request, reply) => {
    const { consultation } = request
    const act = actBy(request, deps, 'drafter')
    if (consultation.outcomeAt) throw notNow('结果已经公布，不能再导入新的稿件。')
    const { document, problem } = await sentDraft(request.body)
    if (!document) return show(deps, request, reply, importForm.typed(request.body), problem)
    const number = await store(deps, consultation, document, act)
    return reply.redirect(`/office/${consultation.slug}/rounds/${number}/outline`, 303)
  })
}

async function store(
  { db }: Dependencies,
  { id }: Consultation,
  document: ReadDocument,
  act: Act,
): Promise<number> {
  const { number, replaces } = await target(db, id)
  const { keyed, mapped } = carryOn(await roundBefore(db, id, number), document.draft)
  const read = { ...document, draft: keyed }
  const waiting = replaces ? await findRound(db, id, number) : null
  if (waiting) await replaceRound(db, waiting, read, mapped, act)
  else await addRound(db, id, number, read, mapped, act)
  return number
}

async function target(
  db: Dependencies['db'],
  consultationId: string,
): Promise<{ number: number; replaces: boolean }> {
  const last = (await roundsOf(db, consultationId)).at(-1)
  if (!last) return { number: 1, replaces: false }
  return last.publishedAt
    ? { number: last.number + 1, replaces: false }
    : { number: last.number, replaces: true }
}

async function show(
  { db }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: ImportPage['typed'],
  errors: FieldError[],
): Promise<FastifyReply> {
  const { consultation } = request
  return reply.code(errors.length > 0 ? 422 : 200).page('office/drafts/import', {
    consultation,
    ...(await target(db, consultation.id)),
    typed,
    errors,
  })
}
