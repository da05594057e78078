import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { progressOf } from '../../../db/queries/answers/progress.ts'
import { countPresent } from '../../../db/queries/comments/arrival-counts.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { comments, intakes, submissions } from '../../../db/schema/index.ts'
import { countsOf } from '../../../server/documents/papers/outcomes/outcome-figures.ts'
import { buildTestApp } from '../../build.ts'
import { allText } from '../../documents/papers/read-back.ts'
import { signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'
import { madeBrief } from './briefs.ts'

/*
 * 人次 count everybody who was at a meeting. Of a single point its minutes do not say how many of them said it, so that it
 * stands with the meeting and how many were there; the sums are those of the kept counters.
 */
test('who was at a meeting is counted in brief, summary and 呈阅件 as the counters count, and told apart from persons', async () => {
  const portal = await buildTestApp()
  const { db } = portal
  const consultation = (await findConsultation(db, 'shanxi-laoqu')) ?? expect.unreachable()
  const drafter = await signIn(portal, 'drafter')
  const ids = await say(db, consultation, [
    ...Array.from({ length: 3 }, (_, i) => ({ ...amendment, body: `第${i}户建议尽快把到村的公路修好。` })),
    { ...amendment, channel: 'meeting', body: '会上建议尽快把到村的公路修好，并写明时限。' },
    { ...amendment, clause: 'p8', channel: 'meeting', body: '会上建议写明经费从哪里来。' },
  ])
  for (const [place, present] of [
    [3, 40],
    [4, 7],
  ] as const) {
    const [found] = await db.query
      .select({ submission: submissions, clause: comments.clause })
      .from(comments)
      .innerJoin(submissions, eq(submissions.id, comments.submissionId))
      .where(eq(comments.publicId, ids[place] ?? ''))
    const { submission, clause } = found ?? expect.unreachable()
    const entered = { receivedOn: '2026-11-05', reference: null, late: false, onBehalf: false }
    await db.query.insert(intakes).values({
      submissionId: submission.id,
      ...entered,
      present,
      staffId: drafter.id,
      createdAt: portal.clock.now,
    })
    await db.atomically((tx) => [countPresent(tx, submission, clause, present)])
  }
  const concern = { sentence: '尽快修路', clause: 'p7', comment: ids.slice(0, 4).join() }
  await drafter.get('/office/shanxi-laoqu/concerns')
  expect((await drafter.post('/office/shanxi-laoqu/concerns', concern)).statusCode).toBe(303)
  const { people } = await countsOf(db, consultation.id, await progressOf(db, consultation.id))
  expect(people).toBe(3 + 40 + 7)

  const page = await madeBrief(portal, drafter, '2026-11-23')
  expect(page).toContain('<strong>5</strong> 件（<strong>50</strong> 人次，其中座谈会 2 场到会 47 人）')
  expect(page).toContain('修改：5 条具体意见，3 人次、座谈会 2 场（到会 47 人）')
  expect(page).toContain('记录没有写')
  const part = (await drafter.get('/office/shanxi-laoqu/brief?clause=p7')).body
  expect(part).toContain('<strong>4</strong> 件（<strong>43</strong> 人次，其中座谈会 1 场到会 40 人）')
  const paper = async (kind: string) =>
    (
      await allText(
        `${kind}.docx`,
        (
          await drafter.get(`/office/shanxi-laoqu/papers/${kind}.docx`)
        ).rawPayload,
      )
    ).replace(/<[^>]+>/g, '')
  expect(await paper('brief')).toContain('共5件（50人次，其中座谈会2场到会47人）')
  const summary = await paper('summary')
  expect(summary).toContain('个人 3 人次座谈会 1 场（到会 40 人）')
  expect(summary).toContain('（座谈会到会 7 人）')
  expect(summary).toContain('合计：意见 5 条（5 件，50 人次，其中座谈会 2 场到会 47 人）')
  expect(await paper('leader_page')).toContain('收到意见5条（50人次）')
  await portal.close()
})
