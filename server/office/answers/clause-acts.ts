import type { FastifyInstance } from 'fastify'
import {
  dropWording,
  revisedWordingsOf,
  rewordClause,
  versionedWording,
} from '../../../db/queries/answers/revised-wordings.ts'
import { addStaffNote } from '../../../db/queries/answers/staff-notes.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { noteForm, wordingForm } from '../../rules/answers/clause-forms.ts'
import { merged, type Wanted } from '../../text/comparing/merging.ts'
import { conflict } from '../versions/conflict.ts'
import { clauseAddress, clauseAsked, clausePage, type OfClause } from './clause.ts'
import type { GroupedProposal } from './grouped-proposals.ts'
import { pickedComments } from './response-target.ts'

/**
 * POST /office/:slug/clauses/:clause/wording: the clause as the office now words it, with the comments that led to it;
 * …/merger: the form with all that was ticked in its text, as far as it touches no words twice; …/removal: the clause stands as it was put out; …/notes: what staff tell one another, which never leaves the office.
 */
export function clauseActs(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post<OfClause>('/clauses/:clause/wording', async (request, reply) => {
    const { body, consultation } = request
    const asked = await clauseAsked(deps, request)
    const { clause } = asked
    const { typed, values, errors } = wordingForm(clause.text).sent(body)
    const picked = pickedComments(body)
    if (!values) {
      const page = await clausePage(deps, request, asked)
      const proposals = page.proposals.map((one) => ({ ...one, chosen: picked.includes(firstOf(one.ids)) }))
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/answers/clause', { ...page, proposals, typed: typing, errors })
    }
    const wording = { round: clause.round, clause: clause.key, ...values }
    const rewording = rewordClause(db, consultation.id, wording, picked, actOf(request, deps))
    return (await doneUnless('stale', rewording))
      ? reply.redirect(clauseAddress(consultation, clause), 303)
      : conflict(deps, request, reply, versionedWording(consultation.id, wording), typed, { picked })
  })

  app.post<OfClause>('/clauses/:clause/wording/merger', async (request, reply) => {
    const asked = await clauseAsked(deps, request)
    const { clause } = asked
    const page = await clausePage(deps, request, asked)
    const picked = pickedComments(request.body)
    const proposals = page.proposals.map((one) => ({ ...one, chosen: picked.includes(firstOf(one.ids)) }))
    const { text, clashing } = merged(clause.text, wishesOf(proposals))
    const groups = clashing.map((ids) => proposals.filter((one) => ids.includes(firstOf(one.ids))))
    const typed = { ...page.typed, ...wordingForm(clause.text).typed(request.body), text }
    return reply.page('office/answers/clause', { ...page, proposals, typed, clashing: groups })
  })

  app.post<OfClause>('/clauses/:clause/wording/removal', async (request, reply) => {
    const { consultation } = request
    const asked = await clauseAsked(deps, request)
    const { clause } = asked
    const wording = (await revisedWordingsOf(db, consultation.id)).find((one) => one.clause === clause.key)
    if (!wording) throw notFound()
    await dropWording(db, consultation.id, wording, actOf(request, deps))
    return reply.redirect(clauseAddress(consultation, clause), 303)
  })

  app.post<OfClause>('/clauses/:clause/notes', async (request, reply) => {
    const { consultation } = request
    const asked = await clauseAsked(deps, request)
    const { clause } = asked
    const { typed, values, errors } = noteForm.sent(request.body)
    if (!values) {
      const page = await clausePage(deps, request, asked)
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/answers/clause', { ...page, typed: typing, errors })
    }
    await addStaffNote(db, consultation.id, { clause: clause.key, body: values.note }, actOf(request, deps))
    return reply.redirect(`${clauseAddress(consultation, clause)}#notes`, 303)
  })
}

function wishesOf(proposals: readonly GroupedProposal[]): Wanted[] {
  return proposals.flatMap(({ chosen, ids, edits }) => (chosen ? [{ id: firstOf(ids), edits }] : []))
}

function firstOf(ids: string): string {
  return ids.split(',')[0] ?? ''
}
