import { eq } from 'drizzle-orm'
import { raiseRevision } from '../../../db/queries/consultations/consultations.ts'
import {
  answerCorrections,
  changeReasons,
  comments,
  consultations,
  corrections,
  extensions,
  findings,
  materials,
  officeVersions,
  outcomeRows,
  outcomes,
  procedureSteps,
  responseComments,
  responses,
  responseTemplates,
  rounds,
  submissions,
  units,
} from '../../../db/schema/index.ts'
import { remember } from '../../../db/search.ts'
import type { Everything } from '../../public/everything.ts'

/** A name that stands nowhere by itself. */
export const name = '欧阳莫须有'

/**
 * Puts the name into everything that the public reads of a concluded consultation: into each text once, where the text
 * ends, so that what has to stand elsewhere in it still does.
 */
export async function plantEverywhere({ portal, comment, staffId }: Everything): Promise<void> {
  const { db, deps, clock } = portal
  const [said] = await db.query.select().from(comments).where(eq(comments.publicId, comment))
  if (!said) throw new Error('there is no comment')
  const { consultationId, submissionId } = said
  const [consultation] = await db.query
    .select()
    .from(consultations)
    .where(eq(consultations.id, consultationId))
  if (!consultation) throw new Error('there is no consultation')
  const sealedName = deps.seals.seal(name, { table: 'submissions', column: 'name', row: submissionId })
  const body = `${said.body}我是${name}`
  const wording = `${said.wording}（${name}）`
  const allRounds = await db.query.select().from(rounds).where(eq(rounds.consultationId, consultationId))
  const allUnits = await db.query.select().from(units)
  const quote = { start: 0, end: 5, exact: `（一）${name}`, prefix: '', suffix: '' }
  await db.atomically((tx) => [
    tx.update(submissions).set({ name: sealedName, showName: true }).where(eq(submissions.id, submissionId)),
    tx.update(comments).set({ body, wording, quote }).where(eq(comments.id, said.id)),
    ...remember(tx, 'public', said.number, `${body} ${wording}`),
    tx
      .update(consultations)
      .set({
        title: `${consultation.title}${name}`,
        organ: `${consultation.organ}${name}`,
        notice: `公告第一段\n联系人${name}`,
        noticeSigner: `落款${name}`,
        explanation: `${consultation.explanation}\n起草人${name}`,
        shortPeriodReason: `期限短，问${name}`,
        suspensionReason: `中止，问${name}`,
        offlineChannels: { address: `长安路1号${name}收`, postcode: null, phone: null, email: null },
      })
      .where(eq(consultations.id, consultationId)),
    tx.update(extensions).set({ reason: `延期，${name}建议` }),
    tx.update(corrections).set({ before: `两处${name}`, after: `三处${name}`, reason: `笔误，${name}指出` }),
    tx.insert(changeReasons).values({
      roundId: allRounds.find(({ number }) => number === 2)?.id ?? '',
      clause: 'p3',
      reason: `采纳${name}的意见`,
      staffId,
    }),
    ...allRounds.map((round) =>
      tx
        .update(rounds)
        .set({ title: `${round.title}${name}`, source: `${round.source}\n${name}` })
        .where(eq(rounds.id, round.id)),
    ),
    ...allUnits
      .filter(({ key }) => key === 'p3')
      .map((unit) =>
        tx
          .update(units)
          .set({ text: `${unit.text}${name}` })
          .where(eq(units.id, unit.id)),
      ),
    tx.insert(responses).values({
      id: 'answer',
      consultationId,
      outcome: 'adopted',
      reason: `已写明，${name}说得对`,
      summary: null,
      campaignId: null,
      state: 'approved',
      draftedBy: staffId,
      submittedAt: clock.now,
      approvedBy: staffId,
      approvedAt: clock.now,
      returnNote: null,
      correctedAt: clock.now,
      correctionCause: `${name}来电指出`,
      createdAt: clock.now,
    }),
    tx.insert(responseComments).values({ responseId: 'answer', commentId: said.id }),
    tx.insert(answerCorrections).values({
      id: 'correction',
      consultationId,
      responseId: 'answer',
      revision: 1,
      outcome: 'adopted',
      reason: `已写明，${name}说得对`,
      summary: null,
      cause: `${name}来电指出`,
      state: 'approved',
      proposedBy: staffId,
      proposedAt: clock.now,
      decidedBy: staffId,
      decidedAt: clock.now,
      returnNote: null,
    }),
    tx
      .insert(responseTemplates)
      .values({ id: 'template', consultationId, name: '一', outcome: 'adopted', reason: `谢谢${name}` }),
    ...[1, 2].map((revision) =>
      tx.insert(officeVersions).values({
        consultationId,
        kind: 'template',
        row: 'template',
        revision,
        said: { name: '一', outcome: 'adopted', reason: `谢谢${name}` },
        staffId,
        savedAt: clock.now,
      }),
    ),
    tx.insert(findings).values({
      ...{ id: 'finding', consultationId, review: '合法性审查', createdAt: clock.now },
      ...{ finding: `${name}的意见没有答复`, handling: `已答复${name}` },
    }),
    tx.insert(materials).values({
      ...{ consultationId, material: 'basis', state: 'missing', reason: `${name}去取`, staffId },
      judgedAt: clock.now,
    }),
    tx.insert(procedureSteps).values({
      ...{ id: 'step', consultationId, step: '专家论证', heldOn: '2026-11-20' },
      ...{ note: `${name}到会`, createdAt: clock.now },
    }),
    tx.insert(officeVersions).values({
      ...{ consultationId, kind: 'leader_page', row: 'leader_page', revision: 1 },
      ...{ said: { question: `${name}反映的问题` }, staffId, savedAt: clock.now },
    }),
    tx.update(outcomes).set({ report: `一、基本情况\n${name}等提出意见 1 条。`, note: `改正${name}` }),
    tx.update(outcomeRows).set({
      ...{ author: name, body, reason: `已写明，${name}说得对` },
      ...{ correctedAt: clock.now, correctionCause: `${name}来电指出` },
    }),
    raiseRevision(tx, consultationId),
  ])
}
