import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { arrange } from '../../../db/queries/points/arranging.ts'
import { mergeConcerns } from '../../../db/queries/points/merging.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { makeConcern } from '../../../db/queries/points/worded-concerns.ts'
import { waitingWordings } from '../../../db/queries/wordings/revised-wordings.ts'
import { noSources, sourcesOf } from '../../../db/queries/wordings/wording-sources.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, endorseSome, type Said, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let ids: string[]
const office = '/office/shanxi-laoqu'
const said = (body: string, wording: string | null): Said => ({ ...amendment, body, wording })

/** A point of which nothing was decided. */
const undecided = {
  ...{ kind: 'point' as const, stance: 'amend', themeId: null, departmentId: null, dueOn: null },
  ...{ concernId: null, responseId: null, reason: null, confirmedBy: null },
}

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  ids = await say(portal.db, consultation, [said('请写明时限。', '本条全部改写。'), said('时限太长。', null)])
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

test('the clause board sets proposed wordings beside the clause and keeps the office’s own', async () => {
  const board = await drafter.get(`${office}/clauses/p7`)
  expect(board.body).toMatch(/<ins>本条全部改写.*<\/ins>/s)
  expect(board.body).not.toContain('附议')
  await endorseSome(portal.db, { published: 7 })
  expect((await drafter.get(`${office}/clauses/p7`)).body).toContain('附议 7 人次（未核实）')
  const empty = await drafter.post(`${office}/clauses/p7/wording`, { text: ' ', reason: '写明时限' })
  expect(empty.statusCode).toBe(422)
  expect(empty.body).toContain('请填写修改后的条款')
  expect(empty.body).toContain('写明时限')
  const kept = await drafter.post(`${office}/clauses/p7/wording`, {
    text: '深度融入区域重大战略，并于2030年前完成。',
    reason: '写明时限',
    comment: [ids[0]],
  })
  expect(kept.statusCode).toBe(303)
  const after = await drafter.get(`${office}/clauses/p7`)
  expect(after.body).toContain('等待批准的修改稿')
  expect(after.body).toMatch(new RegExp(`value="${ids[0]}" checked`))
  expect((await drafter.get(`${office}/clauses/p99`)).statusCode).toBe(404)
})

test('notes among staff are shown in the office and in no paper', async () => {
  await drafter.get(`${office}/clauses/p7`)
  expect((await drafter.post(`${office}/clauses/p7/notes`, { note: '内部商量的话' })).statusCode).toBe(303)
  expect((await drafter.get(`${office}/clauses/p7`)).body).toContain('内部商量的话')
  for (const file of ['comments.csv', 'summary.csv', 'wordings.csv', 'comments.json']) {
    expect((await drafter.get(`${office}/papers/${file}`)).body).not.toContain('内部商量的话')
  }
})

test('wordings that were ticked are put into one text, and those that touch the same words are set side by side', async () => {
  const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const board = await drafter.get(`${office}/clauses/p8`)
  const text = /<textarea[^>]*name="text"[^>]*>([^<]+)</.exec(board.body)?.[1] ?? ''
  const [first = '', second = ''] = text.split('。').map((sentence) => `${sentence}。`)
  const on = { ...amendment, clause: 'p8' }
  const asked = await say(portal.db, consultation, [
    { ...on, wording: first.replace('。', '，并于每年公布。') },
    { ...on, wording: second.replace('。', '，不得拖延。') },
    { ...on, wording: second.replace('。', '，按时完成。') },
  ])
  const merge = async (picked: string[]) => {
    await drafter.get(`${office}/clauses/p8`)
    return (await drafter.post(`${office}/clauses/p8/wording/merger`, { reason: '写明', comment: picked }))
      .body
  }
  const both = await merge(asked.slice(0, 2))
  expect(both).toContain('并于每年公布。')
  expect(/<textarea[^>]*name="text"[^>]*>([^<]+)</.exec(both)?.[1]).toContain('不得拖延。')
  expect(both).not.toContain('改的是同样的文字')
  const clash = await merge(asked)
  expect(clash).toContain('有 1 处，勾选的表述改的是同样的文字')
  expect(/<textarea[^>]*name="text"[^>]*>([^<]+)</.exec(clash)?.[1]).not.toContain('不得拖延。')
})

test('what a point proposes stands with the clause that it is about, and its letter is told that it changed it', async () => {
  const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const board = async (key: string) => (await drafter.get(`${office}/clauses/${key}`)).body
  const text = /<textarea[^>]*name="text"[^>]*>([^<]+)</.exec(await board('p9'))?.[1] ?? ''
  const [words = ''] = text.match(/[\u4e00-\u9fff]{4}/u) ?? []
  const body = `感谢起草。建议将“${words}”修改为“${words}甲乙丙”。`
  const on = { ...amendment, clause: 'p10' }
  const [letter = ''] = await say(portal.db, consultation, [{ ...on, body }])
  expect(await board('p9')).not.toContain('甲乙丙')
  const seen = (await commentToSplit(portal.db, consultation.id, letter)) ?? expect.unreachable()
  const point = { ...undecided, id: randomUUID(), start: 5, end: [...body].length, clause: 'p9' }
  const act = { staffId: drafter.id, now: portal.clock.now }
  const arranged = { state: 'split' as const, arrangement: [point], uncovered: 0 }
  await arrange(portal.db, seen, arranged, act, 'comment.split')
  const page = await board('p9')
  expect(page).toContain(`name="point" value="${point.id}"`)
  expect(page).toContain('<ins>甲乙丙</ins>')
  expect(await board('p10')).not.toContain('甲乙丙')
  const merged = await drafter.post(`${office}/clauses/p9/wording/merger`, {
    point: point.id,
    reason: '写明',
  })
  const made = /<textarea[^>]*name="text"[^>]*>([^<]+)</.exec(merged.body)?.[1] ?? ''
  expect(made).toBe(text.replace(words, `${words}甲乙丙`))
  await drafter.post(`${office}/clauses/p9/wording`, { text: made, reason: '写明', point: point.id })
  expect(await board('p9')).toContain(`name="point" value="${point.id}" checked`)
  const [wording] = await waitingWordings(portal.db, consultation.id).then((all) =>
    all.filter(({ clause }) => clause === 'p9'),
  )
  expect(await sourcesOf(portal.db, wording?.id ?? '')).toEqual({ ...noSources, points: [point.id] })
})

test('a comment all of whose points left its clause takes its proposal along', async () => {
  const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const board = async (key: string) => (await drafter.get(`${office}/clauses/${key}`)).body
  const body = '应当写明时限的意见。'
  const [letter = ''] = await say(portal.db, consultation, [
    { ...amendment, clause: 'p11', body, wording: '随之移动的表述。' },
  ])
  expect(await board('p11')).toContain('随之移动的表述。')
  const seen = (await commentToSplit(portal.db, consultation.id, letter)) ?? expect.unreachable()
  const point = { ...undecided, id: randomUUID(), start: 0, end: [...body].length, clause: 'p12' }
  const act = { staffId: drafter.id, now: portal.clock.now }
  await arrange(portal.db, seen, { state: 'split', arrangement: [point], uncovered: 0 }, act, 'comment.split')
  expect(await board('p11')).not.toContain('随之移动的表述。')
  expect(await board('p12')).toContain('随之移动的表述。')
})

test('what an approved answer accepts is put into one text by one act', async () => {
  const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const on = { ...amendment, clause: 'p13' }
  const [accepted = ''] = await say(portal.db, consultation, [
    { ...on, body: '要每年公布。', wording: '接受的表述。' },
    { ...on, body: '要删去。', wording: '没有接受的表述。' },
  ])
  expect((await drafter.get(`${office}/clauses/p13`)).body).not.toContain('把已采纳的')
  const by = { staffId: drafter.id, now: portal.clock.now }
  const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: null }
  const id = await draftResponse(
    portal.db,
    consultation.id,
    { kind: 'comments', ids: [accepted] },
    answer,
    by,
  )
  await submitResponse(portal.db, consultation.id, id, by)
  const approver = await signIn(portal, 'approver')
  await approveResponse(portal.db, consultation.id, id, { ...by, staffId: approver.id })
  const page = (await drafter.get(`${office}/clauses/p13`)).body
  expect(page).toContain('把已采纳的 1 种表述合成修改稿')
  const merged = await drafter.post(`${office}/clauses/p13/wording/merger`, { accepted: 'yes' })
  expect(merged.body).toContain(`value="${accepted}" checked`)
})

test('a concern is ticked as what led to a wording, and stays so when it is merged into another', async () => {
  const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const on = { ...amendment, clause: 'p14' }
  const [one = '', two = ''] = await say(portal.db, consultation, [on, on])
  const act = { staffId: drafter.id, now: portal.clock.now }
  const make = (sentence: string, comment: string) =>
    makeConcern(
      portal.db,
      consultation.id,
      { sentence, clause: 'p14', themeId: null, departmentId: null },
      { pointIds: [], comments: [comment] },
      act,
    )
  const [first, second] = [await make('写明时限', one), await make('写明期限', two)]
  const form = await drafter.get(`${office}/clauses/p14`)
  expect(form.body).toContain(`name="concern" value="${first}"`)
  await drafter.post(`${office}/clauses/p14/wording`, { text: '新的。', reason: '写明', concern: first })
  await mergeConcerns(portal.db, consultation.id, { from: first, into: second }, act)
  expect((await drafter.get(`${office}/clauses/p14`)).body).toContain(
    `name="concern" value="${second}" checked`,
  )
})
