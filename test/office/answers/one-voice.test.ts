import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let ids: string[]
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  ids = await say(portal.db, consultation, [
    { ...amendment, body: '请写明贴息的时限和标准。' },
    { ...amendment, body: '请写明贴息的时限和标准！' },
    { ...amendment, body: '完全是另一件事，与贴息无关。' },
  ])
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

async function drafted(id: string | undefined, outcome: string, reason: string) {
  await drafter.get(`${office}/comments`)
  const sent = await drafter.post(`${office}/responses`, { comment: id, outcome, reason })
  return String(sent.headers.location)
}

test('before an answer is approved it is said what does not go together, and nothing is barred', async () => {
  const first = await drafted(ids[0], 'adopted', '已写明三年。')
  const page = await drafter.get(first)
  expect(page.body).toContain('还没有修改稿')
  expect(
    (
      await drafter.post(`${first}/submission`, {
        revision: /name="revision" value="(\d+)"/.exec(page.body)?.[1],
      })
    ).statusCode,
  ).toBe(303)
  const second = await drafter.get(await drafted(ids[1], 'not_adopted', '将认真研究。'))
  expect(second.body).toContain('差不多的意见得到了不同的答复（采纳）')
  expect(second.body).toContain('理由只是一句套话')
})

test('what is unlike and has a reason is not warned of', async () => {
  const { body } = await drafter.get(await drafted(ids[2], 'explained', '属于专项规划的内容。'))
  expect(body).not.toContain('请再看一眼')
})
