import { beforeEach, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { revisedWordingsOf } from '../../../db/queries/wordings/revised-wordings.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn
let approver: SignedIn
let clause: string
let id: string
const office = '/office/shanxi-laoqu'
let next = 10

sharedPortal(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  id = consultation?.id ?? expect.unreachable()
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'drafter', 'approver')
  await Promise.all([drafter.get(office), approver.get(office)])
  return portal
})
beforeEach(() => {
  clause = `${office}/clauses/p${next++}`
})

/** What the form of a clause holds of a field. */
async function field(person: SignedIn, name: string): Promise<string> {
  const { body } = await person.get(clause)
  const field = new RegExp(`name="${name}"(?: value="([^"]*)"|[^>]*>([^<]*)<)`).exec(body)
  return field?.[1] ?? field?.[2] ?? ''
}

async function propose(text: string, person = drafter): Promise<void> {
  const revision = await field(person, 'revision')
  const sent = await person.post(`${clause}/wording`, { text, reason: `说明${text}`, revision })
  expect(sent.statusCode, sent.body).toBe(303)
}

const act = (person: SignedIn, name: string, fields: object = {}) =>
  person.post(`${clause}/wording/${name}`, { ...fields })

/** The clause as papers and the next round have it; null where it stands as it was put out. */
async function counted(): Promise<string | null> {
  const key = clause.split('/').at(-1)
  return (await revisedWordingsOf(portal.db, id)).find((one) => one.clause === key)?.text ?? null
}

test('a wording counts once another person who may approve it has done so', async () => {
  await propose('新的条款。')
  expect(await counted()).toBeNull()
  expect((await drafter.get(clause)).body).toContain('等待另一位审批人员批准')
  expect((await drafter.get(`${office}/papers/wordings.csv`)).body).not.toContain('新的条款。')
  expect((await act(drafter, 'approval')).statusCode).toBe(403)
  expect((await approver.get(clause)).body).toContain('批准修改稿')
  expect((await act(approver, 'approval', { revision: '1' })).statusCode).toBe(303)
  expect(await counted()).toBe('新的条款。')
  expect((await drafter.get(`${office}/papers/wordings.csv`)).body).toContain('新的条款。')
  expect((await act(approver, 'approval')).statusCode).toBe(404)
})

test('whoever has proposed a wording does not approve it, whatever roles they have', async () => {
  await propose('审批人员自己改的。', approver)
  expect((await approver.get(clause)).body).not.toContain('批准修改稿<')
  const own = await act(approver, 'approval', { revision: '1' })
  expect(own.statusCode).toBe(403)
  expect(own.body).toContain('不能批准自己提出的修改稿')
  expect(await counted()).toBeNull()
})

test('until a second one is approved the first stays in force, and what was seen is what is approved', async () => {
  await propose('先改的条款。')
  await act(approver, 'approval', { revision: '1' })
  await propose('后改的条款。')
  expect(await counted()).toBe('先改的条款。')
  expect(await field(drafter, 'text')).toBe('后改的条款。')
  await propose('又改的条款。')
  const late = await act(approver, 'approval', { revision: '2' })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('看过现在的文字和状态再办理')
  expect(await counted()).toBe('先改的条款。')
  await act(approver, 'approval', { revision: '3' })
  expect(await counted()).toBe('又改的条款。')
})

test('a wording is sent back with what is to be changed, put right, and taken back', async () => {
  await propose('写得不清楚。')
  const empty = await act(approver, 'return', { return_note: ' ' })
  expect(empty.statusCode).toBe(422)
  expect(empty.body).toContain('请填写退回意见')
  expect((await act(drafter, 'return', { return_note: '不行' })).statusCode).toBe(403)
  await act(approver, 'return', { return_note: '请写明由谁负责。' })
  const page = (await drafter.get(clause)).body
  expect(page).toContain('退回意见：请写明由谁负责。')
  expect((await act(approver, 'approval', { revision: '1' })).statusCode).toBe(409)
  await propose('由县级人民政府负责。')
  expect((await drafter.get(clause)).body).not.toContain('请写明由谁负责。')
  expect((await act(drafter, 'removal')).statusCode).toBe(303)
  expect((await drafter.get(clause)).body).toContain('本条还没有修改稿')
  expect((await act(drafter, 'removal')).statusCode).toBe(404)
})

test('the version before is brought back as it was, and the clause restored, each by two', async () => {
  const original = await field(drafter, 'text')
  expect((await act(drafter, 'restoration')).statusCode).toBe(404)
  await propose('第一种写法。')
  await act(approver, 'approval', { revision: '1' })
  await propose('第二种写法。')
  await act(approver, 'approval', { revision: '2' })
  const versions = await drafter.get(`${office}/versions/wording/1-${clause.split('/').at(-1)}`)
  const form = versions.body.slice(versions.body.lastIndexOf('<form'))
  const fields = Array.from(form.matchAll(/name="(\w+)" value="([^"]*)"/g), ([, name = '', value = '']) => [
    name,
    value,
  ])
  expect((await drafter.post(`${clause}/wording`, Object.fromEntries(fields))).statusCode).toBe(303)
  expect(await counted()).toBe('第二种写法。')
  await act(approver, 'approval', { revision: '3' })
  expect(await counted()).toBe('第一种写法。')
  expect((await act(drafter, 'restoration', { revision: '3' })).statusCode).toBe(303)
  expect((await approver.get(clause)).body).toContain('恢复原文，不再修改')
  expect(await counted()).toBe('第一种写法。')
  await act(approver, 'approval', { revision: '4' })
  expect(await counted()).toBeNull()
  expect(await field(drafter, 'text')).toBe(original)
})

test('what waits is listed, counted for whoever may approve it, and bars the outcome by name', async () => {
  await propose('还没有批准的条款。')
  const listed = async (person: SignedIn) => {
    const { body } = await person.get('/office')
    const [, href = '', count] =
      /<a href="([^"]+)">待我批准（修改稿） <strong>(\d+)<\/strong>/.exec(body) ?? []
    const list = await person.get(href.replaceAll('&amp;', '&') || `${office}/wordings?state=none`)
    return [Number(count ?? 0), list.body.match(/<th scope="row">/g)?.length ?? 0]
  }
  const [count, rows] = await listed(approver)
  expect(count).toBeGreaterThan(0)
  expect(rows).toBe(count)
  expect(await listed(drafter)).toEqual([0, 0])
  const bars = (await drafter.get(`${office}/obstacles`)).body
  expect(bars).toMatch(/有 \d+ 条条款的修改稿没有批准：/)
  await act(approver, 'return', { return_note: '再改' })
  const home = (await drafter.get('/office')).body
  expect(home).toMatch(/退回给我（修改稿） <strong>1<\/strong>/)
  expect((await drafter.get(`${office}/wordings`)).body).toContain('已退回')
})

test('of two who save at once the second sees both texts', async () => {
  const revision = await field(drafter, 'revision')
  await propose('甲改的条款。')
  const late = await approver.post(`${clause}/wording`, { text: '乙改的条款。', reason: '乙', revision })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('乙改的条款。')
  expect(late.body).toContain('甲')
})
