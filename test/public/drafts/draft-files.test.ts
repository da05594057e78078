import { afterEach, beforeEach, expect, test } from 'vitest'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import {
  base,
  makeReady,
  type PutUp,
  publish,
  putUp,
  send,
  slug,
} from '../../office/consultations/conducting.ts'
import { policy, secondPolicy } from '../../office/consultations/draft-text.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
  await makeReady(people)
})
afterEach(() => portal.close())

test('the draft is taken away as text, as Word and as Akoma Ntoso, each round for itself', async () => {
  await publish(people)
  await send(people.drafter, `${base}/import`, { text: secondPolicy })
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  const early = await portal.app.inject(`/consultations/${slug}/draft.txt?round=2`)
  expect(early.statusCode).toBe(404)
  await publish(people)
  const text = await portal.app.inject(`/consultations/${slug}/draft.txt?round=1`)
  expect(readDraft(text.body).units).toEqual(readDraft(policy).units)
  expect((await portal.app.inject(`/consultations/${slug}/draft.txt`)).body).toContain('第二次征求意见稿')
  const word = await portal.app.inject(`/consultations/${slug}/draft.docx`)
  expect(word.rawPayload.subarray(0, 2).toString()).toBe('PK')
  const akn = await portal.app.inject(`/consultations/${slug}/draft.akn.xml?round=2`)
  expect(akn.headers['content-type']).toBe('application/akn+xml; charset=utf-8')
  expect(akn.body).toContain('两处养老服务站')
})

test.each(['draft.txt', 'draft.docx', 'draft.akn.xml', 'notice', 'rounds/1/compare/2'])(
  'before it is published nobody gets %s',
  async (path) => {
    expect((await portal.app.inject(`/consultations/${slug}/${path}`)).statusCode).toBe(404)
  },
)

test.each(['0', '9', 'x', '1&round=2', '%00'])(
  'a round that is not there is not found: %s',
  async (round) => {
    await publish(people)
    expect((await portal.app.inject(`/consultations/${slug}/draft.txt?round=${round}`)).statusCode).toBe(404)
  },
)
