import { afterEach, beforeEach, expect, test } from 'vitest'
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
import { secondPolicy } from '../../office/consultations/draft-text.ts'

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

test('the public compares the rounds, with counts and differences', async () => {
  await importSecond()
  const early = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2`)
  expect(early.statusCode).toBe(404)
  await send(people.drafter, mapping, {})
  await publish(people)
  const page = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2`)
  expect(page.statusCode).toBe(200)
  const said = page.body.replace(/\s+/g, ' ')
  expect(said).toContain('未修改 <b>3</b> 条，有修改 <b>1</b> 条，新增 <b>1</b> 条，删去 <b>1</b> 条')
  expect(said).toContain('<del>一</del><ins>两</ins>处')
  expect(said).toMatch(/id="p4".*<del>（二）培养护理人员/)
  expect(said).not.toContain('null')
})

test('what a person said of a clause stands there, where the texts would say something else', async () => {
  await importSecond()
  await send(people.drafter, mapping, { relation: 'moved', from: 'p3' }, `${mapping}/4`)
  await send(people.drafter, mapping, {})
  await publish(people)
  const { body } = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2`)
  expect(body.replace(/\s+/g, ' ')).toContain('位置移动 <b>1</b> 条')
})

test.each(['1/compare/1', '2/compare/1', '0/compare/1', '1/compare/9', 'a/compare/b', '1/compare/%00'])(
  'an address that compares nothing is not found: %s',
  async (path) => {
    expect((await portal.app.inject(`/consultations/${slug}/rounds/${path}`)).statusCode).toBe(404)
  },
)

test('the comparison table comes as a Word file', async () => {
  await importSecond()
  await send(people.drafter, mapping, {})
  await publish(people)
  const file = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2/table.docx`)
  expect(file.statusCode).toBe(200)
  expect(file.rawPayload.subarray(0, 2).toString()).toBe('PK')
  expect(decodeURIComponent(String(file.headers['content-disposition']))).toContain(`修改对照表-${slug}.docx`)
})
