import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { addProcedureFile, removeProcedureFile } from '../../../db/queries/outcomes/procedure-files.ts'
import { procedureStepsOf } from '../../../db/queries/outcomes/procedure-steps.ts'
import { FileStore } from '../../../server/documents/files/file-store.ts'
import { clausePlaces } from '../../../server/documents/papers/clause-places.ts'
import { findPaper } from '../../../server/documents/papers/papers.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { part, unzip, wordTables } from '../../documents/papers/read-back.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn
const office = '/office/shanxi-laoqu'
const materials = `${office}/materials`

beforeAll(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
  await drafter.get(materials)
  for (const step of ['合法性审查', '公平竞争审查'])
    await drafter.post(`${office}/procedure`, { step, held_on: '2026-12-20' })
})
afterAll(() => portal.close())

const theConsultation = async () =>
  (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable('the seed is not there')

/** Puts a file under the step of this name. */
async function attach(step: string, id: string): Promise<void> {
  const { db, deps, clock } = portal
  const { id: consultationId } = await theConsultation()
  const kept = (await procedureStepsOf(db, consultationId)).find((one) => one.step === step)
  const measures = await new FileStore(deps.config.dataDir, 'procedure').write(Buffer.from('意见'), id)
  const file = { id, consultationId, stepId: kept?.id ?? null, name: '审查意见.pdf', ...measures }
  await addProcedureFile(db, file, { staffId: drafter.id, now: clock.now })
}

/** The rows of 材料目录 by the material's name. */
async function contents(): Promise<Map<string, string[]>> {
  const { db, deps, clock } = portal
  const consultation = await theConsultation()
  const made = await findPaper('dossier', 'zip', 'internal')?.make({
    ...{ db, seals: deps.seals, consultation, scope: 'internal', filters: everything, header: 'zh' },
    ...{ places: await clausePlaces(db, consultation.id), now: clock.now, origin: '' },
    ...{ dataDir: deps.config.dataDir, read: () => {}, marked: () => {} },
  })
  const files = await unzip(await buffer(made ?? expect.unreachable()))
  const [rows = []] = await wordTables(part(files, '材料目录.docx'))
  return new Map(rows.map(([, name = '', ...said]) => [name, said]))
}

const rowOf = async (name: string) => {
  const { body } = await drafter.get(materials)
  const row = body.split('<tr>').find((row) => row.includes(`<th scope="row">${name}</th>`)) ?? ''
  return [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].slice(0, 4).map(([, cell]) => cell)
}

test('nothing is there by itself: until somebody has found it, it is said that nobody has', async () => {
  expect(await rowOf('起草说明')).toEqual(['由门户按数据生成', '还没有认定', '', ''])
  expect(await rowOf('合法性审查意见')).toEqual(['没有文件', '还没有认定', '', ''])
  expect((await contents()).get('公平竞争审查意见')).toEqual(['没有文件', '还没有认定', '', ''])
})

test('what somebody finds stands with who and when, on the page and in the folder’s contents', async () => {
  await attach('合法性审查', 'opinion')
  const attached = await drafter.post(`${materials}/legality`, {
    state: 'attached',
    reason: '',
    revision: '0',
  })
  expect(attached.statusCode).toBe(303)
  const reason = '本文件不涉及经营者的经济活动'
  await drafter.post(`${materials}/fair_competition`, { state: 'not_applicable', reason, revision: '0' })
  expect(await rowOf('公平竞争审查意见')).toEqual([
    ...['没有文件', '不适用', reason, expect.stringMatching(`${drafter.name}，20\\d\\d-`)],
  ])
  const found = await contents()
  expect(found.get('公平竞争审查意见')).toEqual([
    ...['没有文件', '不适用', reason, expect.stringMatching(new RegExp(`^${drafter.name}\n20\\d\\d-`))],
  ])
  expect(found.get('合法性审查意见')?.slice(0, 2)).toEqual([
    expect.stringMatching(/^5 程序台账\/\d 合法性审查\/审查意见\.pdf$/),
    '已附',
  ])
})

test('what was found to be there and is no more is said in the contents', async () => {
  const { db, clock } = portal
  await attach('公平竞争审查', 'fair')
  const { id } = await theConsultation()
  await drafter.post(`${materials}/fair_competition`, { state: 'attached', reason: '', revision: '1' })
  await removeProcedureFile(db, id, 'fair', { staffId: drafter.id, now: clock.now })
  expect((await contents()).get('公平竞争审查意见')?.[1]).toBe('认定为已附，但是文件已经不在，请重新认定')
})

test.each([
  [{ state: 'attached', reason: '放在桌上' }, '这项材料还没有文件'],
  [{ state: 'missing', reason: '' }, '请写明为什么缺'],
  [{ state: 'not_applicable', reason: '' }, '依据什么不适用'],
  [{ state: 'here', reason: '写了理由' }, '请选择已附、缺或者不适用'],
])('%s is not taken, and nothing typed is lost', async (typed, said) => {
  const { statusCode, body } = await drafter.post(`${materials}/risk_report`, { ...typed, revision: '0' })
  expect([statusCode, body.includes(said), body.includes(typed.reason)]).toEqual([422, true, true])
  expect((await rowOf('风险评估报告'))[1]).toBe('还没有认定')
})

test('there is no other material, and who only reads is shown no form', async () => {
  expect((await drafter.post(`${materials}/toString`, { state: 'missing', reason: 'x' })).statusCode).toBe(
    404,
  )
  const auditor = await signIn(portal, 'auditor')
  const { body } = await auditor.get(`${materials}?material=legality`)
  expect(body).toContain('合法性审查意见')
  expect(body).not.toContain('保存认定')
  expect((await auditor.post(`${materials}/legality`, { state: 'attached' })).statusCode).toBe(403)
})
