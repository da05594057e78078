import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, endorseSome, type Said, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let ids: string[]
const office = '/office/shanxi-laoqu'
const said = (body: string, wording: string | null): Said => ({ ...amendment, body, wording })

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
