import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { base, makeReady, type PutUp, publish, putUp, send, slug } from '../consultations/conducting.ts'
import { secondPolicy } from '../consultations/draft-text.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
  await makeReady(people)
  await publish(people)
})
afterEach(() => portal.close())

const importSecond = () => send(people.drafter, `${base}/import`, { text: secondPolicy })
const mapping = `${base}/rounds/2/mapping`
const draftJson = async () => (await portal.app.inject(`/consultations/${slug}/draft.json`)).json()
const keys = async () => (await draftJson()).units.map(({ key }: { key: string | null }) => key)

async function comment(clause: string, body: string): Promise<void> {
  const answer = await portal.app.inject({
    method: 'POST',
    url: `/consultations/${slug}/submissions`,
    headers: { 'idempotency-key': `${clause}-${body.length}` },
    payload: { comments: [{ clause, stance: 'amend', body }] },
  })
  expect(answer.statusCode, answer.body).toBe(201)
}

test('the table shows both texts and the number of comments on each clause', async () => {
  await comment('p3', '一处服务站太少了')
  await comment('p4', '护理人员待遇要提高')
  await importSecond()
  const page = (await people.drafter.get(mapping)).body.replace(/\s+/g, ' ')
  expect(page).toContain('<del>一</del><ins>两</ins>处')
  expect(page).toMatch(/每个社区至少建设一处.*1 条意见/)
  expect(page).toMatch(/<tr class="deleted">.*支持职业院校开设护理专业.*1 条意见，仍然保留/)
  expect(page).toContain('其余 5 条都对，确认')
  expect(page).not.toContain('null')
})

test('keys survive: what is reworded keeps its key, what is new says so, what was dropped is gone', async () => {
  await importSecond()
  await send(people.drafter, mapping, {})
  await publish(people)
  expect(await keys()).toEqual(['p1', null, 'p2', null, 'p3', 'r2p4', null, 'p5'])
})

test('a person changes where a clause comes from, and the keys follow', async () => {
  await importSecond()
  const changed = await send(people.drafter, mapping, { relation: 'reworded', from: 'p4' }, `${mapping}/5`)
  expect(changed.headers.location).toBe(`${mapping}#u5`)
  const page = await people.drafter.get(mapping)
  expect(page.body).toContain(`✓ ${people.drafter.name} 已确认`)
  expect(page.body).not.toContain('已删去')
  await send(people.drafter, mapping, {})
  await publish(people)
  expect(await keys()).toEqual(['p1', null, 'p2', null, 'p3', 'p4', null, 'p5'])
})

test.each([
  [{ relation: 'reworded', from: 'p99' }, '上一稿没有编号 p99 的条款'],
  [{ relation: 'merged', from: 'p3' }, '请填写两个或以上的来源编号'],
  [{ relation: 'new', from: 'p3' }, '新增的条款不填来源'],
  [{ relation: 'unchanged', from: 'p4' }, '文字与上一稿不同'],
  [{ relation: 'reworded', from: '' }, '请填写一个来源编号'],
  [{ relation: 'eaten', from: 'p3' }, '请选择这一条与上一稿的关系'],
  [{ relation: ['new'], from: { a: 1 } }, '请选择这一条与上一稿的关系'],
])('a mapping that cannot be is refused with what to do: %j', async (fields, said) => {
  await importSecond()
  const answer = await send(people.drafter, mapping, fields, `${mapping}/5`)
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain(said)
})

test('what was confirmed stays confirmed when another clause is repaired', async () => {
  await importSecond()
  await send(people.drafter, mapping, {})
  await send(
    people.drafter,
    `${base}/rounds/2/outline`,
    { step: 'split-4', words: '服务站应当' },
    `${base}/rounds/2/repairs`,
  )
  const page = await people.drafter.get(mapping)
  expect(page.body).toMatch(/其余 2 条都对，确认/)
})
