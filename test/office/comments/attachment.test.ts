import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { attachments, submissions } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { aCommentWithFile, files } from '../../public/sent-files.ts'
import { signIn } from '../../staff.ts'
import { aConsultation } from '../filled-consultation.ts'

let portal: TestPortal
let file: Awaited<ReturnType<typeof aCommentWithFile>>
const office = '/office/shanxi-laoqu'
const ofIt = () => `comments/${file.comment}/attachments/1`

beforeAll(async () => {
  portal = await buildTestApp()
  file = await aCommentWithFile(portal)
  await aConsultation(portal.db, 'other')
})
afterAll(() => portal.close())

test.each(['drafter', 'approver', 'auditor'] as const)('a %s saves the file of a comment', async (role) => {
  const person = await signIn(portal, role)
  const list = await person.get(`${office}/comments?answered=all`)
  expect(list.body).toContain(`<a href="${office}/${ofIt()}" download>函.pdf</a>`)
  const { statusCode, headers, rawPayload } = await person.get(`${office}/${ofIt()}`)
  expect([statusCode, rawPayload]).toEqual([200, files.pdf])
  expect(headers['content-type']).toBe('application/octet-stream')
})

test('a department, another office and another consultation’s address have it not', async () => {
  const ask = async (person: Awaited<ReturnType<typeof signIn>>, address: string) =>
    (await person.get(`${address}/${ofIt()}`)).statusCode
  const other = await findConsultation(portal.db, 'other')
  expect(await ask(await signIn(portal, 'department'), office)).toBe(403)
  expect(await ask(await signIn(portal, { role: 'drafter', consultationId: other?.id ?? '' }), office)).toBe(
    403,
  )
  expect(await ask(await signIn(portal, 'drafter'), '/office/other')).toBe(404)
  expect((await portal.app.inject(`${office}/${ofIt()}`)).statusCode).toBe(303)
})

test('the scan of a person’s letter stays with the moderators', async () => {
  const [row] = await portal.db.query.select().from(attachments).where(eq(attachments.id, file.id))
  const owner = eq(submissions.id, row?.submissionId ?? '')
  await portal.db.query.update(submissions).set({ identity: 'individual' }).where(owner)
  const drafter = await signIn(portal, 'drafter')
  expect((await drafter.get(`${office}/${ofIt()}`)).statusCode).toBe(404)
  expect((await drafter.get(`${office}/comments?answered=all`)).body).not.toContain(ofIt())
  await portal.db.query.update(submissions).set({ identity: 'enterprise' }).where(owner)
})
