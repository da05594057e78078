import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { meanwhile } from '../../meanwhile.ts'
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

const draftJson = async () => (await portal.app.inject(`/consultations/${slug}/draft.json`)).json()

test('a second round is read in, and the public goes on reading the first', async () => {
  const answer = await importSecond()
  expect(answer.headers.location).toBe(`${base}/rounds/2/outline`)
  expect((await draftJson()).round).toBe(1)
})

test('another document takes the place of a round that is not published', async () => {
  await importSecond()
  await send(people.drafter, `${base}/import`, { text: secondPolicy.replace('两处', '三处') })
  const page = await people.drafter.get(`${base}/rounds/2/outline`)
  expect(page.body).toContain('三处养老服务站')
  expect((await people.drafter.get(`${base}/rounds/3/outline`)).statusCode).toBe(404)
})

test('of two who read in the next round at once, the second is told, and the first one’s stays', async () => {
  meanwhile(portal.db, importSecond)
  const late = await send(people.drafter, `${base}/import`, { text: secondPolicy.replace('两处', '三处') })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('内容刚刚被别人修改过')
  expect((await people.drafter.get(`${base}/rounds/2/outline`)).body).toContain('两处养老服务站')
})
