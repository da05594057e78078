import { expect, test } from 'vitest'
import { inWork } from '../../../db/queries/answers/open-comments.ts'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { approveResponse, returnResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { assignClauses } from '../../../db/queries/departments/clause-departments.ts'
import { assignComments } from '../../../db/queries/departments/comment-departments.ts'
import { addDepartment, departmentsOf } from '../../../db/queries/departments/departments.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { disableStaff } from '../../../db/queries/staff/staff-accounts.ts'
import { tagComments } from '../../../db/queries/themes/theme-comments.ts'
import { addTheme } from '../../../db/queries/themes/themes.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided, submitComment } from '../../public/decided.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { aMember, type SignedIn, signIn, type TestMember } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultation: Consultation
let approver: SignedIn
let drafter: TestMember
const office = '/office/shanxi-laoqu'
const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: null }

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  drafter = await aMember(portal, 'drafter')
  approver = await signIn(portal, 'approver')
  return portal
})

const by = ({ id }: { id: string }) => ({ staffId: id, now: portal.clock.now })
const said = (clause: string, state = 'published') => ({ ...amendment, clause, state })

async function drafted(comment: string | undefined, who: { id: string } = drafter): Promise<string> {
  const target = { kind: 'comments' as const, ids: [comment ?? ''] }
  return draftResponse(portal.db, consultation.id, target, answer, by(who))
}

async function submitted(comment: string | undefined, who: { id: string } = drafter): Promise<string> {
  const id = await drafted(comment, who)
  await submitResponse(portal.db, consultation.id, id, by(who))
  return id
}

/** The rows of the table under a heading, as what each of their cells says. */
function rowsUnder(body: string, heading: string): string[][] {
  const [, section = ''] = new RegExp(`id="${heading}"([\\s\\S]+?)</section>`).exec(body) ?? []
  const rows = section.split('<tbody>')[1]?.split('</tr>').slice(0, -1) ?? []
  return rows.map((row) =>
    row
      .split(/<\/t[hd]>/)
      .slice(0, -1)
      .map((cell) =>
        cell
          .replace(/<[^>]+>/g, '')
          .replace(/\s+/g, ' ')
          .trim(),
      ),
  )
}

/** What the links say that lead to lists, with how many stand there. */
async function followed(body: string): Promise<[said: number, found: number, href: string][]> {
  const links = body.matchAll(/href="([^"]+\/(?:comments|responses)\?[^"]+)"[^>]*>(?:还?有 )?(\d+)/g)
  const answers: [number, number, string][] = []
  for (const [, href = '', count] of links) {
    const page = await approver.get(href.replaceAll('&amp;', '&'))
    const rows = page.body.match(/class="read-comment"|<th scope="row">/g) ?? []
    answers.push([Number(count), rows.length, href])
  }
  return answers
}

test('what is open stands by clause, department, theme and person, and each number leads to exactly that many', async () => {
  anewAfter()
  const { db } = portal
  const ids = await say(db, consultation, [
    ...['p3', 'p3', 'p3', 'p4', 'p4', 'p7', 'draft'].map((clause) => said(clause)),
    said('p3', 'withheld'),
    said('p7', 'withheld'),
    said('p3', 'pending'),
    said('p3', 'refused'),
  ])
  for (const name of ['甲厅', '乙厅']) await addDepartment(db, consultation.id, name, by(drafter))
  const departments = await departmentsOf(db, consultation.id)
  const of = (name: string) => ({
    consultationId: consultation.id,
    departmentId: departments.find((one) => one.name === name)?.id ?? '',
  })
  const clauses = { clauses: ['p3', 'p4'], dueOn: '2026-11-20' }
  await assignClauses(db, of('甲厅'), clauses, by(drafter))
  const given = { publicIds: ids.slice(1, 2), dueOn: '2099-01-01' }
  await assignComments(db, of('乙厅'), given, by(drafter))
  const theme = { id: crypto.randomUUID(), name: '冷链', words: [], clause: null }
  await addTheme(db, consultation.id, theme, by(drafter))
  await tagComments(db, consultation.id, theme.id, ids.slice(0, 5), by(drafter))

  // The one that is not public has no 归纳 in its answer.
  for (const id of [ids[3], ids[7]])
    await approveResponse(db, consultation.id, await submitted(id), by(approver))
  await submitted(ids[4])
  await submitted(ids[5], approver)
  await drafted(ids[0])
  const back = await submitted(ids[6])
  const sendBack = { id: back, returnNote: '再改' }
  await returnResponse(db, consultation.id, sendBack, by(approver))

  const { body } = await approver.get(`${office}/obstacles`)
  expect(rowsUnder(body, 'by-clause').map(([name, count, , due]) => [name, count, due])).toEqual([
    ['全文', '1', ''],
    ['（一）推进特优农业提质增效', '3', '甲厅，2026-11-20 前 已逾期'],
    [expect.any(String), '1', '甲厅，2026-11-20 前 已逾期'],
    [expect.any(String), '2', ''],
  ])
  expect(rowsUnder(body, 'by-department').map(([name, count, , due]) => [name, count, due])).toEqual([
    ['甲厅', '3', '2026-11-20 前 已逾期'],
    ['乙厅', '1', '2099-01-01 前'],
  ])
  expect(rowsUnder(body, 'by-theme').map(([name, count]) => [name, count])).toEqual([['冷链', '4']])
  expect(rowsUnder(body, 'by-clause')[0]?.[2]).toMatch(/^2026-11-06/)
  expect(rowsUnder(body, 'drafts').map((cells) => cells.slice(0, 3))).toEqual([[drafter.name, '2', '1']])
  const links = await followed(body)
  expect(links.length).toBeGreaterThan(10)
  expect(body).toContain('有 1 条不逐条公开的意见，答复里没有归纳')
  expect(links.filter(([said, found]) => said !== found)).toEqual([])
  expect((await approver.get(`${office}/outcome`)).body).toContain(`href="${office}/obstacles"`)
})

test('a letter that was split is open until each of its points has an approved answer', async () => {
  anewAfter()
  const { db } = portal
  const letter = '您好！\n一是建议写明贴息的期限。\n二是建议修通武乡到沁源的旅游公路。\n谢谢。'
  await submitComment(portal, 'p7', letter)
  const id = await decided(portal, letter, 'published')
  const seen = async () => (await commentToSplit(db, consultation.id, id)) ?? expect.unreachable()
  const person = await signIn(portal, 'drafter')
  await person.get(`${office}/splits/${id}`)
  const { revision } = (await seen()).split
  await person.post(`${office}/splits/${id}/acceptance`, { revision })
  const points = (await seen()).split.arrangement.filter(({ kind }) => kind === 'point')
  const begin = async (place: number) => {
    await person.get(`${office}/outcome`)
    const fields = { point: points[place]?.id, outcome: 'adopted', reason: '已写明。' }
    return (
      String((await person.post(`${office}/responses`, fields)).headers.location)
        .split('/')
        .at(-1) ?? ''
    )
  }
  const submit = (response: string) => submitResponse(db, consultation.id, response, by(person))
  const approve = (response: string) => approveResponse(db, consultation.id, response, by(approver))
  const figures = async () => {
    const page = (await approver.get(`${office}/obstacles`)).body
    const counts = ['no', 'open'].map(async (answered) => {
      const { body } = await approver.get(`${office}/comments?answered=${answered}`)
      return body.match(/class="read-comment"/g)?.length ?? 0
    })
    const worked = (await inWork(db, consultation.id)).get('p7') ?? 0
    const listed = rowsUnder(page, 'by-clause')[0]?.[1] ?? '0'
    return [Number(listed), ...(await Promise.all(counts)), worked]
  }
  expect(await figures()).toEqual([1, 1, 1, 0])
  const first = await begin(0)
  await submit(first)
  await approve(first)
  expect(await figures()).toEqual([1, 1, 1, 0])
  const second = await begin(1)
  expect(await figures()).toEqual([1, 0, 1, 1])
  await submit(second)
  const bulk = await approver.post(`${office}/responses/bulks`, { act: 'approve', response: second })
  expect(bulk.body).toContain('意见：二是建议修通武乡到沁源的旅游公路。')
  await approve(second)
  expect(await figures()).toEqual([0, 0, 0, 0])
  const adopted = (await approver.get(`${office}/comments?answered=all&account=adopted`)).body
  expect(adopted).toContain('符合条件的意见 <strong>1</strong> 条')
})

test('what nobody else could approve, and drafts of whom has left, are called so', async () => {
  anewAfter()
  const { db } = portal
  const [mine, left] = await say(db, consultation, [said('p3'), said('p3')])
  await submitted(mine, approver)
  await drafted(left)
  await disableStaff(db, drafter.id, by(approver))
  const text = (body: string) => body.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')
  const first = text((await approver.get(`${office}/obstacles`)).body)
  expect(first).toContain(`${approver.name}送审的 1 份没有别的审批人员可以批准`)
  expect(first).toContain(`${drafter.name} 账号已停用`)
  const other = await aMember(portal, 'approver')
  const then = text((await approver.get(`${office}/obstacles`)).body)
  expect(then).not.toContain('没有别的审批人员')
  expect(then).toContain(`${other.name}可以批准 1 份`)
})

test('the oldest open comment of a clause is found behind the first 200 that are answered', async () => {
  anewAfter()
  const { db } = portal
  const ids = await say(
    db,
    consultation,
    Array.from({ length: 201 }, () => said('p3')),
  )
  const target = { kind: 'comments' as const, ids: ids.slice(0, 199) }
  const id = await draftResponse(db, consultation.id, target, answer, by(drafter))
  await submitResponse(db, consultation.id, id, by(drafter))
  await approveResponse(db, consultation.id, id, by(approver))
  const since = async () =>
    rowsUnder((await approver.get(`${office}/obstacles`)).body, 'by-clause')[0]?.slice(1, 3)
  expect(await since()).toEqual(['2', expect.stringMatching(/^2026-11-06（\d+ 天前）$/)])
  await approveResponse(db, consultation.id, await submitted(ids[199]), by(approver))
  expect(await since()).toEqual(['1', expect.stringMatching(/^2026-11-06（\d+ 天前）$/)])
})

test('where nothing is in the way it says so', async () => {
  anewAfter()
  portal.clock.now = new Date('2026-12-24T02:00:00Z')
  const { body } = await (await signIn(portal, 'approver')).get(`${office}/obstacles`)
  expect(body).toContain('都办好了')
  expect(body).not.toContain('<table')
})
