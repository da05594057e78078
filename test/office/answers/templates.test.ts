import { expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { meanwhile } from '../../meanwhile.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let ids: string[]
const office = '/office/shanxi-laoqu'
const template = { name: '已有规定', outcome: 'explained', reason: '现行办法已有规定。' }

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  const said = { clause: 'p7', stance: 'amend', state: 'published', identity: 'individual', region: null }
  ids = await say(portal.db, consultation, [{ ...said, channel: 'web', body: '请写明时限。', wording: null }])
  drafter = await signIn(portal, 'drafter')
  await drafter.get(`${office}/templates`)
  return portal
})

test('a template is made, changed, used in an answer and removed', async () => {
  expect((await drafter.post(`${office}/templates`, template)).statusCode).toBe(303)
  const page = await drafter.get(`${office}/templates`)
  const [, id = ''] = /\?template=([\w-]+)/.exec(page.body) ?? []
  const edited = await drafter.get(`${office}/templates?template=${id}`)
  expect(edited.body).toContain('现行办法已有规定。</textarea>')
  const changed = { ...template, reason: '现行办法第三条已有规定。', revision: '1' }
  expect((await drafter.post(`${office}/templates/${id}`, changed)).statusCode).toBe(303)

  const used = await drafter.post(`${office}/responses/new`, { comment: ids, template: id, summary: '归纳' })
  expect(used.body).toContain('现行办法第三条已有规定。</textarea>')
  expect(used.body).toContain('value="explained" checked')
  expect(used.body).toContain('归纳</textarea>')
  expect(used.body).toContain(`name="comment" value="${ids[0]}"`)

  expect((await drafter.post(`${office}/templates/${id}/removal`, {})).statusCode).toBe(303)
  expect((await drafter.post(`${office}/templates/${id}/removal`, {})).statusCode).toBe(404)
  expect((await drafter.get(`${office}/templates`)).body).toContain('还没有模板')
})

test('what is missing, too long or taken is said, and what was typed stays', async () => {
  anewAfter()
  const empty = await drafter.post(`${office}/templates`, { name: '', outcome: 'x', reason: '理由' })
  expect(empty.statusCode).toBe(422)
  for (const said of ['请填写模板名称', '请选择采纳情况', '理由</textarea>'])
    expect(empty.body).toContain(said)
  await drafter.post(`${office}/templates`, template)
  const twice = await drafter.post(`${office}/templates`, template)
  expect(twice.body).toContain('已经有名为“已有规定”的模板')
  await drafter.post(`${office}/templates`, { ...template, name: '另一个' })
  const { body } = await drafter.get(`${office}/templates`)
  const [, first = ''] = /\?template=([\w-]+)/.exec(body) ?? []
  const clash = await drafter.post(`${office}/templates/${first}`, {
    ...template,
    name: '已有规定',
    revision: '1',
  })
  const other = await drafter.post(`${office}/templates/${first}`, {
    ...template,
    name: '另一个',
    revision: '1',
  })
  expect([clash.statusCode, other.statusCode].sort()).toEqual([303, 422])
})

test('templates of one consultation are not in another, and only writers change them', async () => {
  const auditor = await signIn(portal, 'auditor')
  const page = await auditor.get(`${office}/templates`)
  expect(page.statusCode).toBe(200)
  expect(page.body).not.toContain('新建模板')
  expect((await auditor.post(`${office}/templates`, template)).statusCode).toBe(403)
})

test('a template that was removed while it was being changed is said to be gone', async () => {
  await drafter.post(`${office}/templates`, { ...template, name: '一时' })
  const { body } = await drafter.get(`${office}/templates`)
  const [, id = ''] = /\?template=([\w-]+)/.exec(body) ?? []
  meanwhile(portal.db, () => drafter.post(`${office}/templates/${id}/removal`, {}))
  const changed = await drafter.post(`${office}/templates/${id}`, {
    ...template,
    name: '另一名',
    revision: '1',
  })
  expect(changed.statusCode).toBe(409)
  expect(changed.body).toContain('这个理由模板已经删除')
  expect(changed.body).toContain('另一名')
})
