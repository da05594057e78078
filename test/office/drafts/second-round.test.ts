import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { base, makeReady, type PutUp, publish, putUp, send, slug } from '../consultations/conducting.ts'
import { secondPolicy } from '../consultations/draft-text.ts'
import { amendment, say } from '../filled-consultation.ts'

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

test('it is not published before somebody has confirmed where each clause comes from', async () => {
  await importSecond()
  const refused = await publish(people)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('还有 5 条没有确认')
  await send(people.drafter, mapping, {})
  expect((await publish(people)).statusCode).toBe(303)
  expect((await draftJson()).round).toBe(2)
})

test('a second round has a period of its own, or only its text', async () => {
  await importSecond()
  await send(people.drafter, mapping, {})
  const short = await publish(people, { closes_on: '2026-12-01' })
  expect(short.statusCode).toBe(422)
  expect(short.body).toContain('最早 2026-12-23 截止')
  await publish(people, { closes_on: '2026-12-30' })
  expect((await people.drafter.get(`${base}/publication`)).body).toContain('2026-11-23 至 2026-12-30')
})

test('the page of a clause shows what a round made of it, and one that was dropped keeps its page', async () => {
  await importSecond()
  await send(people.drafter, mapping, {})
  await publish(people)
  const said = async (key: string) => {
    const page = await portal.app.inject(`/consultations/${slug}/clauses/${key}`)
    expect(page.statusCode).toBe(200)
    return page.body.replace(/\s+/g, ' ')
  }
  expect(await said('p3')).toMatch(/本条在第二稿中已修改.*每个社区至少建设一处.*每个社区至少建设两处/)
  const gone = await said('p4')
  expect(gone).toContain('本条在第二稿中已删去')
  expect(gone).toContain('支持职业院校开设护理专业')
  expect(gone).not.toContain('/clauses/p4/comments/new')
  expect(await said('p2')).not.toContain('已修改')
  expect((await portal.app.inject(`/consultations/${slug}/clauses/p99`)).statusCode).toBe(404)
})

test('comments on the first round stay where they were made: shown as such, listed and exported', async () => {
  const consultation = await findConsultation(portal.db, slug)
  if (!consultation) throw new Error('it was not put up')
  const said = (clause: string, body: string) => ({ ...amendment, clause, body })
  const words = { p3: '一处服务站太少了', p4: '护理人员待遇要提高' }
  await say(portal.db, consultation, [said('p3', words.p3), said('p4', words.p4)])
  await importSecond()
  await send(people.drafter, mapping, {})
  await publish(people)
  for (const key of ['p3', 'p4'] as const) {
    const page = await portal.app.inject(`/consultations/${slug}/clauses/${key}`)
    expect(page.body).toContain(words[key])
    expect(page.body).toContain('对第一稿提出')
  }
  const printed = (await portal.app.inject(`/consultations/${slug}/annotated`)).body
  for (const body of Object.values(words)) expect(printed).toContain(body)
  const list = (await portal.app.inject(`/consultations/${slug}/comments`)).body
  expect(list).toContain('（二）培养护理人员')
  expect(list).not.toMatch(/>p4</)
  const read = await people.drafter.get(`${base}/comments`)
  const file = await people.drafter.get(`${base}/comments.csv?scope=internal`)
  for (const body of Object.values(words)) {
    expect(read.body).toContain(body)
    expect(file.body).toContain(body)
  }
})
