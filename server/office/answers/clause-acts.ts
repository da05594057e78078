import type { FastifyInstance } from 'fastify'
import { Refused } from '../../../db/open.ts'
import { dropWording, revisedWordingsOf, rewordClause } from '../../../db/queries/answers/revised-wordings.ts'
import { addStaffNote } from '../../../db/queries/answers/staff-notes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { type FieldError, textProblem, typedText } from '../../rules/typed.ts'
import { clauseAddress, clauseAsked, clausePage, type OfClause } from './clause.ts'
import { pickedComments } from './response-target.ts'

const longestClause = 10_000
const longestReason = 1000
const longestNote = 2000

/**
 * POST /office/:slug/clauses/:clause/wording: the clause as the office now words it, with the comments that led to it;
 * …/removal: the clause stands as it was put out; …/notes: what staff tell one another, which never leaves the office.
 */
export function clauseActs(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.post<OfClause>('/clauses/:clause/wording', async (request, reply) => {
    const { body, consultation } = request
    const clause = await clauseAsked(deps, request)
    const typed = { text: typedText(body, 'text'), reason: typedText(body, 'reason') }
    const errors = wordingProblems(typed, clause.text)
    const picked = pickedComments(body)
    if (errors.length > 0) {
      const page = await clausePage(deps, request, clause)
      const proposals = page.proposals.map((one) => ({ ...one, chosen: picked.includes(firstOf(one.ids)) }))
      return reply.code(422).page('office/answers/clause', { ...page, proposals, typed, errors })
    }
    const wording = { round: clause.round, clause: clause.key, ...typed }
    await rewordClause(db, consultation.id, wording, picked, memberOf(request).id, now())
    return reply.redirect(clauseAddress(consultation, clause), 303)
  })

  app.post<OfClause>('/clauses/:clause/wording/removal', async (request, reply) => {
    const { consultation } = request
    const clause = await clauseAsked(deps, request)
    const wording = (await revisedWordingsOf(db, consultation.id)).find((one) => one.clause === clause.key)
    if (!wording) throw notFound()
    try {
      await dropWording(db, consultation.id, wording, memberOf(request).id, now())
    } catch (error) {
      throw error instanceof Refused ? notFound() : error
    }
    return reply.redirect(clauseAddress(consultation, clause), 303)
  })

  app.post<OfClause>('/clauses/:clause/notes', async (request, reply) => {
    const { consultation } = request
    const clause = await clauseAsked(deps, request)
    const note = typedText(request.body, 'note')
    const problem = textProblem(note, { name: '内部备注', required: true, most: longestNote })
    if (problem) {
      const page = await clausePage(deps, request, clause)
      const errors = [{ field: 'note', message: problem }]
      return reply.code(422).page('office/answers/clause', { ...page, note, errors })
    }
    await addStaffNote(db, consultation.id, clause.key, note, memberOf(request).id, now())
    return reply.redirect(`${clauseAddress(consultation, clause)}#notes`, 303)
  })
}

function wordingProblems({ text, reason }: { text: string; reason: string }, before: string): FieldError[] {
  const problems: [string, string | null][] = [
    ['text', textProblem(text, { name: '修改后的条款', required: true, most: longestClause })],
    ['text', text === before ? '修改后的条款与原文相同，没有改动' : null],
    ['reason', textProblem(reason, { name: '说明', required: true, most: longestReason })],
  ]
  return problems.flatMap(([field, message]) => (message ? [{ field, message }] : []))
}

function firstOf(ids: string): string {
  return ids.split(',')[0] ?? ''
}
