import { expect, test } from 'vitest'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { submitResponse } from '../../../db/queries/answers/responses.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { disableStaff } from '../../../db/queries/staff/staff-accounts.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { aMember, type SignedIn, signIn, type TestMember } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let approver: SignedIn
let leaver: TestMember
const office = '/office/shanxi-laoqu'

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const { db, clock } = portal
  const consultation = (await findConsultation(db, 'shanxi-laoqu')) as Consultation
  approver = await signIn(portal, 'approver')
  leaver = await aMember(portal, 'drafter')
  const by = { staffId: leaver.id, now: clock.now }
  const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: null }
  for (const comment of await say(db, consultation, [amendment, amendment, amendment])) {
    await draftResponse(db, consultation.id, { kind: 'comments', ids: [comment] }, answer, by)
  }
  const ids = await say(db, consultation, [amendment])
  const id = await draftResponse(db, consultation.id, { kind: 'comments', ids }, answer, by)
  await submitResponse(db, consultation.id, id, by)
  return portal
})

const draftsOf = async ({ id }: { id: string }) =>
  (await approver.get(`${office}/responses?state=draft&drafter=${id}`)).body.match(/<th scope="row">/g)
    ?.length ?? 0

test('an approver names who goes on with all drafts of a disabled account, in one act', async () => {
  anewAfter()
  const next = await signIn(portal, 'drafter')
  await next.get(office)
  const fields = { from: leaver.id, to: next.id }
  await approver.get(`${office}/obstacles`)
  const early = await approver.post(`${office}/responses/handover`, fields)
  expect(early.statusCode).toBe(409)
  expect(early.body).toContain('只有账号已停用')
  await disableStaff(portal.db, leaver.id, { staffId: approver.id, now: portal.clock.now })
  expect((await next.get(`${office}/obstacles`)).body).not.toContain('交接')
  expect((await next.post(`${office}/responses/handover`, fields)).statusCode).toBe(403)
  const page = await approver.get(`${office}/obstacles`)
  expect(page.body).toContain(`${leaver.name}的账号已停用，起草中的 3 份交给`)
  const nobody = await approver.post(`${office}/responses/handover`, { ...fields, to: leaver.id })
  expect(nobody.statusCode).toBe(422)
  expect(nobody.body).toContain('请选择由谁接手')
  const done = await approver.post(`${office}/responses/handover`, fields)
  expect(done.headers.location).toBe(`${office}/obstacles`)
  expect([await draftsOf(leaver), await draftsOf(next)]).toEqual([0, 3])
  // What was submitted stays its submitter's, so that the second person is another.
  expect((await approver.get(`${office}/responses?state=submitted&drafter=${leaver.id}`)).body).toContain(
    '<th scope="row">',
  )
  expect((await approver.post(`${office}/responses/handover`, fields)).statusCode).toBe(409)
})
