import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Act } from '../../../db/act.ts'
import { isUniqueViolation, Refused } from '../../../db/open.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { addRound, type ReadDocument, replaceRound } from '../../../db/queries/drafts/round-drafts.ts'
import { findRound, roundsOf } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { UnreadableDocument } from '../../documents/reading/unreadable-document.ts'
import { typedText } from '../../rules/typed.ts'
import { changedMeanwhile, notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'
import { carryOn } from './carry-on.ts'
import { readSentDraft } from './document.ts'

interface ImportPage {
  consultation: Consultation
  /** The round that the document becomes. */
  number: number
  /** Whether it takes the place of a draft that has been read in already. */
  replaces: boolean
  text: string
  problem: string | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/drafts/import': ImportPage
  }
}

/** /office/:slug/import: the next round, or another document for the one that is not published yet. */
export function draftImport(app: FastifyInstance, deps: Dependencies): void {
  app.get('/import', (request, reply) => show(deps, request, reply, '', null))

  app.post('/import', async (request, reply) => {
    const { consultation } = request
    const act = actBy(request, deps, 'drafter')
    if (consultation.outcomeAt) throw notNow('结果已经公布，不能再导入新的稿件。')
    try {
      const number = await store(deps, consultation, await readSentDraft(request.body), act)
      return reply.redirect(`/office/${consultation.slug}/rounds/${number}/outline`, 303)
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error
      return show(deps, request, reply, typedText(request.body, 'text'), error.message)
    }
  })
}

async function store(
  { db }: Dependencies,
  { id }: Consultation,
  document: ReadDocument,
  act: Act,
): Promise<number> {
  const { number, replaces } = await target(db, id)
  const { keyed, mapped } = await carryOn(db, id, number, document.draft)
  const read = { ...document, draft: keyed }
  const waiting = replaces ? await findRound(db, id, number) : null
  try {
    if (waiting) await replaceRound(db, waiting, read, mapped, act)
    else await addRound(db, id, number, read, mapped, act)
  } catch (error) {
    throw error instanceof Refused || isUniqueViolation(error) ? changedMeanwhile() : error
  }
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
  text: string,
  problem: string | null,
): Promise<FastifyReply> {
  const { consultation } = request
  return reply.code(problem === null ? 200 : 422).page('office/drafts/import', {
    consultation,
    ...(await target(db, consultation.id)),
    text,
    problem,
  })
}
