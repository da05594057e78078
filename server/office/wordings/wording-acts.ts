import type { FastifyInstance } from 'fastify'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import type { WaitingWording } from '../../../db/queries/wordings/revised-wordings.ts'
import {
  approveWording,
  dropWording,
  returnWording,
  rewordClause,
  versionedWording,
} from '../../../db/queries/wordings/rewording.ts'
import { noSources, sourcesOf } from '../../../db/queries/wordings/wording-sources.ts'
import { doneUnless, refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { typedText, typedTick } from '../../rules/typed.ts'
import { revisionSeen } from '../../rules/versions/revision-seen.ts'
import { wordingForm, wordingReturnForm } from '../../rules/wordings/clause-forms.ts'
import { merged } from '../../text/comparing/merging.ts'
import { tickedSources } from '../answers/response-target.ts'
import { notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'
import { conflict } from '../versions/conflict.ts'
import { type AskedClause, clauseAddress, clauseAsked, clausePage, type OfClause } from './clause.ts'
import { clashesOf, isOpenAccepted } from './clause-sources.ts'
import { type GroupedProposal, groupId } from './grouped-proposals.ts'
import { restoresClause } from './shown-wordings.ts'

/**
 * POST /office/:slug/clauses/:clause/wording: how the clause is to read, with what led to it, for a second person to approve;
 * …/merger: the form with all that was ticked, or accepted, in its text, as far as it touches no words twice; …/restoration
 * proposes the clause as it was put out; …/approval by another person makes it count, …/return sends it back, …/removal
 * takes it back; meanwhile what was approved before stays. …/renewal proposes for this round what waited of an earlier one.
 */
export function wordingActs(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post<OfClause>('/clauses/:clause/wording', async (request, reply) => {
    const { body, consultation } = request
    const asked = await clauseAsked(deps, request)
    const { clause } = asked
    const { typed, values, errors } = wordingForm(asked.approved ? null : clause.text).sent(body)
    const ticked = tickedSources(body)
    if (!values) {
      const page = await clausePage(deps, request, asked, ticked)
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/wordings/clause', { ...page, typed: typing, errors })
    }
    const wording = { round: clause.round, clause: clause.key, ...values }
    const rewording = rewordClause(db, consultation.id, wording, ticked, actOf(request, deps))
    return (await doneUnless('stale', rewording))
      ? reply.redirect(clauseAddress(consultation, clause), 303)
      : conflict(deps, request, reply, versionedWording(consultation.id, wording), typed, { ticked })
  })

  app.post<OfClause>('/clauses/:clause/wording/merger', async (request, reply) => {
    const asked = await clauseAsked(deps, request)
    const { clause } = asked
    const page = await clausePage(deps, request, asked, tickedSources(request.body))
    const proposals = typedTick(request.body, 'accepted') ? withAccepted(page.proposals) : page.proposals
    const chosen = proposals.filter((one) => one.chosen)
    const { text } = merged(
      clause.text,
      chosen.map((one) => ({ id: groupId(one), edits: one.edits })),
    )
    const clashing = clashesOf(clause.text, chosen)
    const typed = { ...page.typed, ...wordingForm(null).typed(request.body), text }
    return reply.page('office/wordings/clause', { ...page, proposals, typed, clashing, unchosen: [] })
  })

  app.post<OfClause>('/clauses/:clause/wording/restoration', async (request, reply) => {
    const { consultation } = request
    const asked = await clauseAsked(deps, request)
    if (!asked.approved) throw notFound()
    const { key, round, text } = asked.clause
    const of = versionedWording(consultation.id, { round, clause: key })
    const seen = revisionSeen(request.body) ?? (await currentVersion(db, of))?.revision ?? 0
    const wording = { round, clause: key, text, reason: '恢复原文', revision: seen }
    await rewordClause(db, consultation.id, wording, noSources, actOf(request, deps)).catch(movedOn)
    return reply.redirect(clauseAddress(consultation, asked.clause), 303)
  })

  app.post<OfClause>('/clauses/:clause/wording/approval', async (request, reply) => {
    const { consultation } = request
    const asked = await clauseAsked(deps, request)
    const { clause } = asked
    const act = actBy(request, deps, 'approver')
    const wording = waitingOf(asked)
    if (wording.staffId === act.staffId) throw secondPerson()
    const meant = { seen: revisionSeen(request.body), restores: restoresClause(clause, wording) }
    await approveWording(db, consultation.id, wording, meant, act).catch(movedOn)
    return reply.redirect(clauseAddress(consultation, clause), 303)
  })

  app.post<OfClause>('/clauses/:clause/wording/return', async (request, reply) => {
    const { consultation } = request
    const asked = await clauseAsked(deps, request)
    const act = actBy(request, deps, 'approver')
    const { typed, values, errors } = wordingReturnForm.sent(request.body)
    if (!values) {
      const page = await clausePage(deps, request, asked)
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/wordings/clause', { ...page, typed: typing, errors })
    }
    const wording = waitingOf(asked)
    await returnWording(db, consultation.id, wording, values.returnNote, act).catch(movedOn)
    return reply.redirect(clauseAddress(consultation, asked.clause), 303)
  })

  app.post<OfClause>('/clauses/:clause/wording/renewal', async (request, reply) => {
    const { consultation } = request
    const asked = await clauseAsked(deps, request)
    const { key, round } = asked.clause
    const from = carriedOf(asked, request.body)
    const of = versionedWording(consultation.id, { round, clause: key })
    const [sources, version] = await Promise.all([sourcesOf(db, from.id), currentVersion(db, of)])
    if (asked.waiting) throw notNow('本条在这一稿已经有修改稿等待批准。请先办好它，再带过来。')
    const { text, reason } = from
    const wording = { round, clause: key, text, reason, revision: version?.revision ?? 0 }
    await rewordClause(db, consultation.id, wording, sources, actOf(request, deps), from).catch(movedOn)
    return reply.redirect(clauseAddress(consultation, asked.clause), 303)
  })

  app.post<OfClause>('/clauses/:clause/wording/removal', async (request, reply) => {
    const { consultation, body } = request
    const asked = await clauseAsked(deps, request)
    const wording = typedText(body, 'wording') ? carriedOf(asked, body) : waitingOf(asked)
    await dropWording(db, consultation.id, wording, actOf(request, deps)).catch(movedOn)
    return reply.redirect(clauseAddress(consultation, asked.clause), 303)
  })
}

/** The wording of a clause that waits. @throws PageError 404 where none does */
function waitingOf({ waiting }: AskedClause): WaitingWording {
  if (!waiting) throw notFound()
  return waiting
}

/** The wording of an earlier round that a form names. @throws PageError 404 where none of that id waits */
function carriedOf({ carried }: AskedClause, form: unknown): WaitingWording {
  const asked = carried.find(({ id }) => id === typedText(form, 'wording'))
  if (!asked) throw notFound()
  return asked
}

/** Ticked, too, what an approved answer accepts. */
function withAccepted(proposals: readonly GroupedProposal[]): GroupedProposal[] {
  return proposals.map((one) => ({ ...one, chosen: one.chosen || isOpenAccepted(one) }))
}

const movedOn = refusedAs(
  () =>
    new PageError(
      409,
      'wording_moved_on',
      '这份修改稿的状态刚刚变了',
      '可能有同事先处理了它，或者改了它的文字。请返回条款页，看过现在的文字和状态再办理。',
    ),
)

function secondPerson(): PageError {
  return new PageError(403, 'second_person', '不能批准自己提出的修改稿', '请由另一位审批人员批准。')
}
