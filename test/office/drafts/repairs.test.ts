import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { findRound } from '../../../db/queries/drafts/rounds.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { policy } from '../consultations/draft-text.ts'

let portal: TestPortal
let drafter: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
  await drafter.get('/office/consultations/new')
})
afterEach(() => portal.close())

const facts = { organ: '某市民政局', document_type: 'normative_document', slug: 'yanglao' }
const outline = '/office/yanglao/rounds/1/outline'
const putUp = (text = policy) => drafter.post('/office/consultations', { ...facts, text })

async function units(): Promise<string[]> {
  const consultation = await findConsultation(portal.db, 'yanglao')
  const round = consultation && (await findRound(portal.db, consultation.id, 1))
  return (round?.units ?? []).map(({ kind, level, key, label, text }) =>
    [kind === 'heading' ? '#'.repeat(level) : key, (label ?? '') + text.slice(0, 8)].join(' '),
  )
}

async function repair(step: string, fields: object = {}) {
  const page = await drafter.get(outline)
  const version = /name="version" value="(\d+)"/.exec(page.body)?.[1]
  return drafter.post('/office/yanglao/rounds/1/repairs', { step, version, ...fields })
}

test('steps are made, recorded and undone in order', async () => {
  await putUp()
  const before = await units()
  expect((await repair('split-4', { words: '服务站应当' })).headers.location).toBe(`${outline}#u4`)
  expect((await units()).slice(4, 6)).toEqual(['p3 （一）建设服务设施。每', 'p4 服务站应当设在一'])
  await repair('raise-7')
  await repair('merge-0')
  await repair('set_aside-0', { reason: '说明' })
  const page = await drafter.get(outline)
  expect(page.body).toContain('撤销上一步：移出正文')
  expect(page.body).toContain('一字不少')
  for (let left = 4; left > 0; left--) {
    const { body } = await drafter.get(outline)
    const version = /name="version" value="(\d+)"/.exec(body)?.[1]
    await drafter.post('/office/yanglao/rounds/1/repairs/undo', { version })
  }
  expect(await units()).toEqual(before)
})

test('what was set aside is listed with its reason, and comes back', async () => {
  await putUp()
  const before = await units()
  await repair('set_aside-7', { reason: '不属于本稿' })
  const page = await drafter.get(outline)
  expect(page.body).toMatch(/本意见自印发之日起施行。<\/td>\s*<td>不属于本稿/)
  await repair('bring_back-0')
  expect(await units()).toEqual(before)
})

test('an impossible step says why, and nothing changes', async () => {
  await putUp()
  const before = await units()
  for (const [step, fields, said] of [
    ['split-4', { words: '没有这几个字' }, '这一段里没有“没有这几个字”'],
    ['split-4', { words: '服务' }, '不止一处'],
    ['set_aside-4', {}, '请写明为什么不是正文'],
    ['merge-7', {}, '后面没有可以合并的段落'],
    ['raise-99', {}, '找不到要修改的段落'],
    ['burn-4', {}, '没有这种修改方式'],
    ['', {}, '没有选中要做的修改'],
  ] as const) {
    const answer = await repair(step, fields)
    expect(answer.statusCode, step).toBe(422)
    expect(answer.body).toContain(said)
  }
  expect(await units()).toEqual(before)
})

test('who repairs an outline that somebody else has changed meanwhile is told, and nothing is mixed up', async () => {
  await putUp()
  await drafter.post('/office/yanglao/rounds/1/repairs', { step: 'split-4-11', version: '1' })
  const after = await units()
  const late = await drafter.post('/office/yanglao/rounds/1/repairs', { step: 'raise-0', version: '1' })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('内容刚刚被别人修改过')
  expect(await units()).toEqual(after)
})
