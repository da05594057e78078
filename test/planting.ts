import { eq, or } from 'drizzle-orm'
import { draftResponse } from '../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../db/queries/answers/responses.ts'
import { type Consultation, findConsultation } from '../db/queries/consultations/consultations.ts'
import { commentToJudge } from '../db/queries/moderation/comment-to-judge.ts'
import { decide } from '../db/queries/moderation/decisions.ts'
import { examinationOf } from '../db/queries/moderation/examinations.ts'
import { appeal, reviseComment } from '../db/queries/receipts/receipt-acts.ts'
import { whatHolds } from '../db/queries/retractions/held-words.ts'
import { retract } from '../db/queries/retractions/retractions.ts'
import type { NewComment, NewSubmission } from '../db/queries/submissions/submissions.ts'
import { comments, consultations, intakes } from '../db/schema/index.ts'
import { FileStore } from '../server/documents/files/file-store.ts'
import { type MarkedSpan, placesOfText } from '../server/rules/moderation/redactions.ts'
import type { TestPortal } from './build.ts'
import { aComment, type StoredComment } from './moderation/comments.ts'
import type { Person } from './planted.ts'
import { aMember } from './staff.ts'

/** Where words of people are put, wherever somebody can write or send, and who judges them. */
export interface Ground {
  portal: TestPortal
  moderatorId: string
}

export const reachedAt = ({ name, phone }: Person) => `${name}，电话${phone}`
const saying = (person: Person) => `请找${reachedAt(person)}，把期限写明确。`
const clauseOf = (i: number) => `p${(i % 20) + 1}`

/** What somebody sends who names themselves, as an organisation with a file. */
async function named({ portal }: Ground, { name, phone }: Person): Promise<Partial<NewSubmission>> {
  const id = crypto.randomUUID()
  const content = Buffer.from(`%PDF-1.7\n${name} ${phone}\n%%EOF\n`)
  const measures = await new FileStore(portal.deps.config.dataDir, 'attachments').write(content, id)
  return {
    name,
    showName: true,
    organisation: `${name}合作社`,
    contact: phone,
    attachments: [{ id, name: `${name}${phone}.pdf`, type: 'pdf', ...measures }],
  }
}

async function revise({ portal }: Ground, id: string, words: Partial<NewComment>): Promise<void> {
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  if (row) await reviseComment(portal.db, row, { ...row, ...words }, portal.deps.now())
}

async function judge(
  { portal, moderatorId }: Ground,
  id: string,
  person: Person,
  outcome: 'published' | 'withheld' | 'refused',
  hides: boolean,
) {
  const { db, deps } = portal
  const [row] = await db.query.select().from(comments).where(eq(comments.id, id))
  const comment = await commentToJudge(db, row?.publicId ?? '')
  if (!comment) throw new Error('the comment is gone')
  const seen = await examinationOf(db, deps.seals, comment)
  const found = [person.name, person.phone].flatMap((text) => placesOfText(comment, text))
  const spans = found.map(({ field, start }): MarkedSpan => {
    const isName = [...(comment[field] ?? '')].slice(start, start + 3).join('') === person.name
    return { field, start, end: start + (isName ? 3 : 11), kind: 'name', by: 'moderator', hidden: true }
  })
  const shown = seen.spans.map((span) => ({ ...span, hidden: false }))
  const ruling = {
    admission: outcome === 'refused' ? ('refused' as const) : ('admitted' as const),
    publication: outcome === 'published' ? ('published' as const) : ('withheld' as const),
    reason: { published: null, withheld: 'author_asked', refused: 'off_topic' }[outcome],
    note: hides ? null : `${person.name}打来过电话`,
    transferred: false,
    version: comment.version,
  }
  const deciders = { staffId: moderatorId, agreedBy: null }
  await decide(
    db,
    deps.seals,
    comment,
    ruling,
    { ...seen, spans: hides ? spans : shown },
    deciders,
    deps.now(),
  )
}

/** Published with its name and number hidden; it was revised before, and says who sent it. */
export async function plantMarked(ground: Ground, person: Person, i: number): Promise<void> {
  const part = {
    clause: clauseOf(i),
    body: saying(person),
    wording: `由${person.name}负责`,
    proposal: 'amend',
  }
  const { id } = await aComment(ground.portal, part, await named(ground, person))
  await revise(ground, id, { body: `${saying(person)}补充一句。` })
  await judge(ground, id, person, 'published', true)
}

/** Withdrawn from every state, with a second comment, a file, an earlier version, a note and an appeal. */
export async function plantWithdrawn(ground: Ground, person: Person, i: number): Promise<StoredComment[]> {
  const { portal } = ground
  const quote = { prefix: '', exact: person.name, suffix: '', start: 0, end: 3 }
  const words = { stance: 'amend', proposal: 'amend', wording: `${person.name}的表述`, quote }
  const bodies = [`${person.name}另外的意见`, saying(person)]
  const parts = bodies.map((body) => ({ ...words, clause: clauseOf(i), body }))
  const sent = await aComment(portal, {}, { ...(await named(ground, person)), comments: parts })
  const rows = await portal.db.query
    .select()
    .from(comments)
    .where(or(...bodies.map((body) => eq(comments.body, body))))
  const stored = rows.map((row) => ({ ...sent, id: row.id }))
  if (i % 2) await revise(ground, sent.id, { body: `${saying(person)}改过。` })
  const outcome = ([null, 'published', 'withheld', 'refused'] as const)[i % 4]
  if (!outcome) return stored
  await judge(ground, sent.id, person, outcome, false)
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, sent.id))
  if (outcome === 'refused' && row) await appeal(portal.db, row, `${person.name}请再看`, portal.deps.now())
  return stored
}

/** Who sent it, the reference of their letter, and what they said before they thought better of it. */
export async function plantKept(ground: Ground, person: Person, i: number): Promise<void> {
  const { portal, moderatorId } = ground
  const { id } = await aComment(
    portal,
    { clause: clauseOf(i), body: saying(person) },
    await named(ground, person),
  )
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  await portal.db.query.insert(intakes).values({
    submissionId: row?.submissionId ?? '',
    receivedOn: '2026-11-23',
    reference: `${person.name}来信`,
    late: false,
    onBehalf: false,
    staffId: moderatorId,
    createdAt: portal.clock.now,
  })
  await revise(ground, id, { body: '想清楚以后的意见，谁也不提。' })
  await judge(ground, id, person, 'withheld', false)
}

/** Published as it was written: nobody saw the name and the number. */
export async function plantRetracted(ground: Ground, person: Person, i: number): Promise<StoredComment> {
  const { portal } = ground
  const part = {
    clause: clauseOf(i),
    body: saying(person),
    wording: `由${reachedAt(person)}负责`,
    proposal: 'amend',
  }
  const sent = await aComment(portal, part)
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, sent.id))
  if (row) await publish(ground, row.publicId, false)
  return sent
}

/** The office repeats in its announcement and in its answers what they wrote. */
export async function plantOfficeTexts(ground: Ground, slipped: [Person, StoredComment][]): Promise<void> {
  const { portal, moderatorId } = ground
  const { db, clock } = portal
  const { id } = await theConsultation(ground)
  const said = slipped.map(([person]) => saying(person)).join('')
  await db.query
    .update(consultations)
    .set({ notice: `现公开征求意见。${said}`, noticeSigner: '某办公室', noticeDay: '2026-11-20' })
  const act = { staffId: moderatorId, now: clock.now }
  const approver = await aMember(portal, 'approver')
  for (const [person, { publicId }] of slipped) {
    const answer = { outcome: 'explained', reason: `已联系${reachedAt(person)}。`, summary: null } as const
    const response = await draftResponse(db, id, { kind: 'comments', ids: [publicId] }, answer, act)
    await submitResponse(db, id, response, act)
    await approveResponse(db, id, response, { ...act, staffId: approver.id })
  }
}

/** Decides on a comment as its marks stand, with what they name hidden or shown. */
export async function publish(
  { portal, moderatorId }: Ground,
  publicId: string,
  hides: boolean,
): Promise<void> {
  const { db, deps } = portal
  const comment = await commentToJudge(db, publicId)
  if (!comment) throw new Error('the comment is gone')
  const seen = await examinationOf(db, deps.seals, comment)
  const ruling = {
    admission: 'admitted',
    publication: 'published',
    reason: null,
    note: null,
    transferred: false,
    version: comment.version,
  } as const
  const decided = hides ? seen : { ...seen, spans: seen.spans.map((span) => ({ ...span, hidden: false })) }
  await decide(db, deps.seals, comment, ruling, decided, { staffId: moderatorId, agreedBy: null }, deps.now())
}

export async function theConsultation({ portal }: Ground): Promise<Consultation> {
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  return consultation
}

/** 立即隐去 of some words, wherever they stand. @returns in how many comments and texts of the office they stood */
export async function takeDown(ground: Ground, words: string): Promise<{ comments: number; texts: number }> {
  const { db, deps } = ground.portal
  const consultation = await theConsultation(ground)
  const held = await whatHolds(db, deps.seals, consultation, words)
  const act = { staffId: ground.moderatorId, now: deps.now() }
  await retract(db, deps.seals, consultation, { words, cause: 'personal', ...held }, act)
  return { comments: held.comments.length, texts: held.texts.length }
}
