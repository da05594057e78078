import type { FastifyInstance } from 'fastify'
import { addStaffNote } from '../../../db/queries/wordings/staff-notes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { actOf } from '../../plugins/roles.ts'
import { noteForm } from '../../rules/wordings/clause-forms.ts'
import { clauseAddress, clauseAsked, clausePage, type OfClause } from './clause.ts'

/** POST /office/:slug/clauses/:clause/notes: what staff tell one another of a clause, which never leaves the office. */
export function clauseActs(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post<OfClause>('/clauses/:clause/notes', async (request, reply) => {
    const { consultation } = request
    const asked = await clauseAsked(deps, request)
    const { clause } = asked
    const { typed, values, errors } = noteForm.sent(request.body)
    if (!values) {
      const page = await clausePage(deps, request, asked)
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/wordings/clause', { ...page, typed: typing, errors })
    }
    await addStaffNote(db, consultation.id, { clause: clause.key, body: values.note }, actOf(request, deps))
    return reply.redirect(`${clauseAddress(consultation, clause)}#notes`, 303)
  })
}
