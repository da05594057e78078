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

test('a drafter pastes a draft and sees its outline beside it, with not a character lost', async () => {
  const answer = await putUp()
  expect([answer.statusCode, answer.headers.location]).toEqual([303, outline])
  const page = await drafter.get(outline)
  expect(page.body).toContain('一字不少')
  expect(page.body).toMatch(/<a href="#u1">一、总体要求<\/a>\s+<small>1 段<\/small>/)
  expect(await units()).toEqual([
    'p1 为了方便老年人就',
    '# 一、总体要求',
    'p2 坚持政府引导、社',
    '# 二、主要任务',
    'p3 （一）建设服务设施。每',
    'p4 （二）培养护理人员。支',
    '# 三、附则',
    'p5 本意见自印发之日',
  ])
})

test('nobody but staff sees it before it is published', async () => {
  await putUp()
  expect((await portal.app.inject('/consultations/yanglao')).statusCode).toBe(404)
  expect((await portal.app.inject('/')).body).not.toContain('社区养老')
})

test('an approver reads the outline and cannot change it', async () => {
  await putUp()
  const approver = await signIn(portal, 'approver')
  const page = await approver.get(outline)
  expect(page.statusCode).toBe(200)
  expect(page.body).not.toContain('撤销上一步')
  const answer = await approver.post('/office/yanglao/rounds/1/repairs', { step: 'raise-0', version: '1' })
  expect(answer.statusCode).toBe(403)
})
