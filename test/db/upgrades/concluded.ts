import { approveCorrection, proposeCorrection } from '../../../db/queries/answers/answer-corrections.ts'
import { progressOf } from '../../../db/queries/answers/progress.ts'
import { correctionsOf } from '../../../db/queries/answers/read-corrections.ts'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import { saveFacts } from '../../../db/queries/consultations/consultation-settings.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { seedConsultation } from '../../../db/queries/consultations/new-consultations.ts'
import { publishConsultation } from '../../../db/queries/consultations/publication.ts'
import { currentRound, findRound } from '../../../db/queries/drafts/rounds.ts'
import { decide } from '../../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../../db/queries/moderation/examinations.ts'
import { keepReport } from '../../../db/queries/outcomes/outcome-editions.ts'
import { publishOutcome } from '../../../db/queries/outcomes/outcome-publication.ts'
import { submit } from '../../../db/queries/submissions/submissions.ts'
import { FileStore } from '../../../server/documents/files/file-store.ts'
import { countsOf } from '../../../server/documents/papers/outcomes/outcome-figures.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { policy } from '../../office/consultations/draft-text.ts'
import { aSubmission } from './citizens.ts'
import { commentsIn, type Filling, first, idOf } from './filling.ts'

const slug = 'yanglao'
const day = 24 * 60 * 60 * 1000

/** A consultation that ended weeks ago: put up, published, commented, answered, and its outcome out. */
export async function concludeAConsultation(filling: Filling): Promise<void> {
  const { db, seals, now } = filling.deps
  const consultation = await putOut(filling)
  const commented = new Date(now().getTime() - 40 * day)
  for (const [place, body] of ['〔演示〕服务站太少。', '〔演示〕请写明时限。'].entries()) {
    const sent = aSubmission(consultation.id, body)
    filling.receipts.push(await submit(db, seals, sent, `concluded-${place}`, commented))
  }
  await publishComments({ ...filling, consultation })
  await answerAll({ ...filling, consultation })
  await publishResult(filling)
}

async function putOut(filling: Filling): Promise<Consultation> {
  const { db, config, now } = filling.deps
  const put = new Date(now().getTime() - 60 * day)
  const period = { opensAt: put, closesAt: new Date(now().getTime() - 20 * day) }
  const facts = {
    title: '关于促进社区养老服务的意见（征求意见稿）',
    organ: '某市民政局',
    documentType: 'decision',
    publicationPolicy: 'as_decided',
    explanation: '为了方便老年人就近养老，起草了本意见。',
    shortPeriodReason: null,
    ...period,
  }
  const created = { slug, regions: [{ name: '长治市', counties: ['武乡县'] }], ...facts }
  await seedConsultation(db, created, readDraft(policy), policy, put, null)
  const id = 'explanation-of-the-concluded'
  const measures = await new FileStore(config.dataDir, 'explanations').write(
    Buffer.from('%PDF-1.7\n%%EOF\n'),
    id,
  )
  const act = { staffId: idOf(filling, 'approver'), now: put }
  await saveFacts(db, await found(filling), facts, { id, type: 'pdf', ...measures }, act)
  const saved = await found(filling)
  const round = await findRound(db, saved.id, 1)
  if (!round) throw new Error('the round was not stored')
  const notice = { notice: '现公开征求意见。', noticeSigner: facts.organ, noticeDay: '2026-09-29' }
  await publishConsultation(db, saved, round, period, notice, act)
  return found(filling)
}

async function publishComments(filling: Filling): Promise<void> {
  const { db, seals, now } = filling.deps
  const deciders = { staffId: idOf(filling, 'moderator'), agreedBy: null }
  for (const comment of await commentsIn(filling, 'pending')) {
    const ruling = {
      admission: 'admitted',
      publication: 'published',
      reason: null,
      note: '已核对。',
    } as const
    const seen = await examinationOf(db, seals, comment)
    const judged = { ...ruling, transferred: true, version: comment.version }
    await decide(db, seals, comment, judged, seen, deciders, now())
  }
}

async function answerAll(filling: Filling): Promise<void> {
  const { db, now } = filling.deps
  const { id } = filling.consultation
  const [drafter, approver] = [idOf(filling, 'drafter'), idOf(filling, 'approver')]
  const answer = { outcome: 'adopted', reason: '已写明。', summary: null } as const
  const target = { kind: 'reading', filters: everything } as const
  const response = await draftResponse(db, id, target, answer, { staffId: drafter, now: now() })
  await submitResponse(db, id, response, { staffId: drafter, now: now() })
  await approveResponse(db, id, response, { staffId: approver, now: now() })
  const correction = { ...answer, reason: '已在第三条写明。', cause: '条款号有误。', revision: 1 }
  await proposeCorrection(db, id, response, correction, { staffId: drafter, now: now() })
  const { before: _, ...proposed } = first(await correctionsOf(db, response))
  await approveCorrection(db, proposed, { staffId: approver, now: now() })
}

async function publishResult(filling: Filling): Promise<void> {
  const { db, now } = filling.deps
  const consultation = await found(filling)
  const report = '意见已全部采纳。'
  const act = { staffId: idOf(filling, 'drafter'), now: now() }
  await keepReport(db, consultation.id, { report, revision: 0 }, act)
  const round = await currentRound(db, consultation.id)
  const clauses = round?.units.flatMap(({ key }) => key ?? []) ?? []
  const numbers = await countsOf(db, consultation.id, await progressOf(db, consultation.id))
  const edition = { number: 1, report, numbers, note: null, clauses }
  await publishOutcome(db, consultation, edition, { staffId: idOf(filling, 'approver'), now: now() })
}

async function found({ deps }: Filling): Promise<Consultation> {
  const consultation = await findConsultation(deps.db, slug)
  if (!consultation) throw new Error('the consultation was not stored')
  return consultation
}
