import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { ZipArchive } from '../../../server/documents/reading/zip-archive.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { approvedWording } from '../approved-wording.ts'
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

test('why a clause is changed or dropped is said in the comparison and in its table', async () => {
  await importSecond()
  const reasons = `${base}/rounds/2/reasons`
  const given = await send(people.drafter, mapping, { reason: '一处不够用' }, `${reasons}/p3`)
  expect(given.headers.location).toBe(`${mapping}#p3`)
  await send(people.drafter, mapping, { reason: '另行规定' }, `${reasons}/p4`)
  expect((await people.drafter.get(mapping)).body).toContain('一处不够用</textarea>')
  await send(people.drafter, mapping, {})
  await publish(people)
  const compared = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2`)
  const page = compared.body.replace(/<[^>]+>/g, '')
  expect(page).toContain('说明：一处不够用')
  expect(page).toContain('说明：另行规定')
  const file = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2/table.docx`)
  const archive = await ZipArchive.open(file.rawPayload)
  let xml = ''
  for await (const chunk of archive.read('word/document.xml')) xml += chunk.toString()
  expect(xml).toContain('有修改。一处不够用')
  expect(xml).toContain('删去。另行规定')
  const late = await send(people.drafter, mapping, { reason: '补充', version: '9' }, `${reasons}/p3`)
  expect(late.statusCode).toBe(409)
})

test('a reason that cannot be kept is refused with what was typed, and one for no clause is not found', async () => {
  await importSecond()
  const reasons = `${base}/rounds/2/reasons`
  const long = await send(people.drafter, mapping, { reason: '长'.repeat(1001) }, `${reasons}/p3`)
  expect(long.statusCode).toBe(422)
  expect(long.body).toContain('说明最多 1000 个字')
  expect(long.body).toContain('长'.repeat(1001))
  expect((await send(people.drafter, mapping, { reason: '无' }, `${reasons}/p99`)).statusCode).toBe(404)
  await send(people.drafter, mapping, { reason: '一处不够用' }, `${reasons}/p3`)
  await send(people.drafter, mapping, { reason: '' }, `${reasons}/p3`)
  expect((await people.drafter.get(mapping)).body).not.toContain('一处不够用')
})

test('what the office wrote when it reworded a clause comes along with a draft that has it so', async () => {
  const consultation = await findConsultation(portal.db, slug)
  if (!consultation) throw new Error('it was not put up')
  const text = /（一）(.*)/.exec(secondPolicy)?.[1] ?? ''
  const by = { drafter: people.drafter.id, approver: people.approver.id, now: portal.clock.now }
  await approvedWording(
    portal.db,
    consultation.id,
    { round: 1, clause: 'p3', text, reason: '采纳群众意见', revision: 0 },
    {},
    by,
  )
  await approvedWording(
    portal.db,
    consultation.id,
    { round: 1, clause: 'p1', text: '别的话', reason: '未用', revision: 0 },
    {},
    by,
  )
  await importSecond()
  const page = (await people.drafter.get(mapping)).body
  expect(page).toContain('采纳群众意见</textarea>')
  expect(page).not.toContain('未用')
})
