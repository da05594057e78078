import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { meanwhile } from '../../meanwhile.ts'
import { base, facts, makeReady, type PutUp, participation, publish, putUp, send } from './conducting.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
})
afterEach(() => portal.close())

test('a shorter period is not published without a reason, and approval that comes late makes a period short', async () => {
  await makeReady(people)
  await send(people.drafter, `${base}/settings`, {
    ...facts,
    opens_on: '2026-11-21',
    closes_on: '2026-12-21',
  })
  const page = await people.approver.get(`${base}/publication`)
  expect(page.body).toContain(
    '从 2026-11-23 开始，到 2026-12-21 不足30日；请把截止日期改到 2026-12-23 或以后',
  )
  await send(people.drafter, `${base}/settings`, { ...facts, closes_on: '2026-12-23' })
  expect((await publish(people)).statusCode).toBe(303)
})

test('a refused form comes back as it was typed', async () => {
  const bad = { ...facts, closes_on: '2026-12-01', explanation: '很长的说明' }
  const answer = await send(people.drafter, `${base}/settings`, bad)
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain('最早 2026-12-23 截止')
  expect(answer.body).toContain('很长的说明')
  const asked = await send(people.drafter, `${base}/participation`, { ...participation, email: '不是邮箱' })
  expect(asked.statusCode).toBe(422)
  expect(asked.body).toContain('value="不是邮箱"')
})

test('who saves what somebody else has saved at the same moment is told, and undoes nothing', async () => {
  const save = (title: string) => send(people.drafter, `${base}/settings`, { ...facts, title })
  meanwhile(portal.db, () => save('先保存的标题'))
  const late = await save('后保存的标题')
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('内容刚刚被别人修改过')
  expect(late.body).toContain('后保存的标题')
  expect((await people.drafter.get(`${base}/settings`)).body).toContain('value="先保存的标题"')
})
