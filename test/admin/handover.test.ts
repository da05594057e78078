import { expect, test } from 'vitest'
import { handOverDrafts } from '../../db/queries/answers/handover.ts'
import { findResponse } from '../../db/queries/answers/listed-responses.ts'
import { draftResponse } from '../../db/queries/answers/response-drafts.ts'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import { disableStaff } from '../../db/queries/staff/staff-accounts.ts'
import { Refused } from '../../db/refused.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { amendment, say } from '../office/filled-consultation.ts'
import { sharedPortal } from '../shared-portal.ts'
import { aMember, type SignedIn, signIn, type TestMember } from '../staff.ts'

let portal: TestPortal
let consultation: Consultation
let admin: SignedIn
let leaver: TestMember
let draft = ''

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const { db, clock } = portal
  const found = await findConsultation(db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  admin = await signIn(portal, 'admin')
  leaver = await aMember(portal, 'drafter')
  const ids = await say(db, consultation, [amendment])
  const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: null }
  const by = { staffId: leaver.id, now: clock.now }
  draft = await draftResponse(db, consultation.id, { kind: 'comments', ids }, answer, by)
  return portal
})

const drafter = async () => (await findResponse(portal.db, consultation.id, draft))?.draftedBy
const disabled = () => disableStaff(portal.db, leaver.id, { staffId: admin.id, now: portal.clock.now })

test('an administrator gives the drafts of a disabled account to somebody who may write there', async () => {
  anewAfter()
  const next = await aMember(portal, { role: 'drafter', consultationId: consultation.id })
  const moderator = await aMember(portal, 'moderator')
  const at = `/admin/staff/${leaver.id}`
  expect((await admin.get(at)).body).not.toContain('起草中的答复')
  await disabled()
  const page = await admin.get(at)
  expect(page.body).toContain(`《${consultation.title}》起草中的答复 1 份，交给`)
  expect(page.body).toContain(`>${next.name}</option>`)
  expect(page.body).not.toContain(`>${moderator.name}</option>`)
  for (const to of ['', moderator.id, leaver.id]) {
    const refused = await admin.post(`${at}/handover`, { consultation: consultation.id, to })
    expect(refused.statusCode).toBe(422)
  }
  // Whoever was given the role when the page was made may have lost it since.
  const act = { staffId: admin.id, now: portal.clock.now }
  for (const to of [moderator.id, leaver.id])
    await expect(handOverDrafts(portal.db, consultation.id, { from: leaver.id, to }, act)).rejects.toThrow(
      Refused,
    )
  expect(await drafter()).toBe(leaver.id)
  const done = await admin.post(`${at}/handover`, { consultation: consultation.id, to: next.id })
  expect(done.statusCode).toBe(303)
  expect(await drafter()).toBe(next.id)
  expect((await admin.get(at)).body).not.toContain('起草中的答复')
  expect((await admin.get('/admin/log?act=response.hand_over')).body).toContain(`接手 ${next.name}`)
})

test('nobody whose account works is relieved of their drafts, and nobody but an administrator does it', async () => {
  anewAfter()
  const next = await signIn(portal, 'drafter')
  await admin.get('/admin/staff')
  await next.get('/office')
  const fields = { consultation: consultation.id, to: next.id }
  const at = `/admin/staff/${leaver.id}/handover`
  expect((await admin.post(at, fields)).statusCode).toBe(422)
  await disabled()
  expect((await next.post(at, fields)).statusCode).toBe(403)
  expect(await drafter()).toBe(leaver.id)
})
