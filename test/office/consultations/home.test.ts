import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { approveResponse, returnResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { assignClauses } from '../../../db/queries/departments/clause-departments.ts'
import { assignComments } from '../../../db/queries/departments/comment-departments.ts'
import { joinDepartment } from '../../../db/queries/departments/department-members.ts'
import { addDepartment, departmentsOf } from '../../../db/queries/departments/departments.ts'
import type { TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, filledPortal, say } from '../filled-consultation.ts'

let portal: TestPortal

beforeAll(async () => {
  portal = await filledPortal()
})
afterAll(() => portal.close())

test('a drafter of one consultation sees that one and no other', async () => {
  const other = await findConsultation(portal.db, 'other')
  const mine = await signIn(portal, { role: 'drafter', consultationId: other?.id ?? '' })
  const home = await mine.get('/office')
  expect(home.body).toContain('关于试点的实施意见')
  expect(home.body).not.toContain('革命老区')
  expect((await mine.get('/office/other')).statusCode).toBe(200)
  expect((await mine.get('/office/shanxi-laoqu')).statusCode).toBe(403)
  expect((await mine.get('/office/shanxi-laoqu/comments.csv')).statusCode).toBe(403)
})

/** What the home says that waits, by its name, with the number and where it leads. */
async function waiting(person: SignedIn): Promise<{ name: string; count: number; href: string }[]> {
  const { body } = await person.get('/office')
  const links = body.matchAll(/<a href="([^"]+)">(待我\S+|退回给我) <strong>(\d+)<\/strong>/g)
  return Array.from(links, ([, href = '', name = '', count]) => ({
    name,
    count: Number(count),
    href: href.replaceAll('&amp;', '&'),
  }))
}

test('what waits to be approved and what was sent back is counted, and led to', async () => {
  const { db, clock } = portal
  const consultation = (await findConsultation(db, 'other')) as Consultation
  const grant = (role: 'drafter' | 'approver') => ({ role, consultationId: consultation.id })
  const drafter = await signIn(portal, grant('drafter'))
  const approver = await signIn(portal, grant('drafter'), grant('approver'))
  expect(await waiting(approver)).toEqual([])
  const comments = await say(
    db,
    consultation,
    Array.from({ length: 5 }, () => ({ ...amendment, clause: 'p1' })),
  )
  const act = (person: SignedIn) => ({ staffId: person.id, now: clock.now })
  const ids: string[] = []
  for (const [place, comment] of comments.entries()) {
    const by = act(place === 0 ? approver : drafter)
    const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: null }
    const id = await draftResponse(db, consultation.id, { kind: 'comments', ids: [comment] }, answer, by)
    if (place < 4) await submitResponse(db, consultation.id, id, by)
    ids.push(id)
  }
  const sendBack = { id: ids[1] ?? '', returnNote: '再改' }
  await returnResponse(db, consultation.id, sendBack, act(approver))
  const [approving] = await waiting(approver)
  expect(approving).toMatchObject({ name: '待我批准', count: 2 })
  const list = await approver.get(approving?.href ?? '')
  expect(list.body.match(/name="response" value/g)).toHaveLength(2)
  const [back, ...others] = await waiting(drafter)
  expect([back, others]).toMatchObject([{ name: '退回给我', count: 1 }, []])
  const drafts = await drafter.get(back?.href ?? '')
  expect(drafts.body).toContain(`/responses/${ids[1]}`)
  expect(drafts.body.match(/<th scope="row">/g)).toHaveLength(1)
})

test('whoever drafts is told what has no approved answer, and what they have not handed on', async () => {
  const { db, clock } = portal
  const consultation = (await findConsultation(db, 'shanxi-laoqu')) as Consultation
  const person = await signIn(portal, { role: 'drafter', consultationId: consultation.id })
  const told = async () => {
    const { body } = await person.get('/office')
    const links = [...body.matchAll(/<a href="([^"]+)">(没有批准的答复|我起草中的) <strong>(\d+)<\/strong>/g)]
    return links.map(([, href = '', name, count]) => ({ href, name, count: Number(count) }))
  }
  const [before] = await told()
  const ids = await say(db, consultation, [amendment, amendment, amendment])
  const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: null }
  const by = { staffId: person.id, now: clock.now }
  await draftResponse(db, consultation.id, { kind: 'comments', ids: ids.slice(0, 2) }, answer, by)
  const [drafts, unanswered] = await told()
  expect(unanswered).toEqual({ ...before, count: (before?.count ?? 0) + 3 })
  const { body } = await person.get(unanswered?.href ?? '')
  expect(body.replace(/<[^>]+>/g, '')).toContain(`符合条件的意见 ${unanswered?.count} 条`)
  expect(drafts).toMatchObject({ name: '我起草中的', count: 1 })
  const list = await person.get(drafts?.href.replaceAll('&amp;', '&') ?? '')
  expect(list.body.match(/<th scope="row">/g)).toHaveLength(1)
})

test('a department is told how many comments are its to answer, less what was given to another', async () => {
  const { db, clock } = portal
  const consultation = (await findConsultation(db, 'shanxi-laoqu')) as Consultation
  const by = { staffId: (await signIn(portal, 'drafter')).id, now: clock.now }
  const worker = await signIn(portal, { role: 'department', consultationId: consultation.id })
  for (const name of ['甲厅', '乙厅']) await addDepartment(db, consultation.id, name, by)
  const [other, own] = (await departmentsOf(db, consultation.id)).sort((a, b) => (a.name < b.name ? -1 : 1))
  if (!own || !other) throw new Error('the departments were not added')
  await joinDepartment(db, own.id, worker.name, by)
  expect(await waiting(worker)).toEqual([])
  const ids = await say(
    db,
    consultation,
    ['p11', 'p11', 'p11', 'p12', 'p12'].map((clause) => ({ ...amendment, clause })),
  )
  const of = (departmentId: string) => ({ consultationId: consultation.id, departmentId })
  await assignClauses(db, of(own.id), { clauses: ['p11'], dueOn: null }, by)
  const give = (department: string, place: number) =>
    assignComments(db, of(department), { publicIds: [ids[place] ?? ''], dueOn: null }, by)
  await give(other.id, 0)
  await give(own.id, 1)
  await give(own.id, 3)
  const found = async () => {
    const [one] = await waiting(worker)
    const { body } = await worker.get(one?.href ?? '/office')
    return [one?.name, one?.count, body.match(/class="read-comment listed-point"/g)?.length]
  }
  // Of the clause one was given away and two are left.
  expect(await found()).toEqual([`待我答复（${own.name}）`, 3, 3])
  const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: null }
  const target = { kind: 'comments' as const, ids: [ids[2] ?? ''] }
  const id = await draftResponse(db, consultation.id, target, answer, by)
  await submitResponse(db, consultation.id, id, by)
  expect(await found()).toEqual([`待我答复（${own.name}）`, 2, 2])
  await approveResponse(db, consultation.id, id, { staffId: worker.id, now: clock.now })
  expect(await found()).toEqual([`待我答复（${own.name}）`, 2, 2])
})
