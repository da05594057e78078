import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import {
  base,
  facts,
  makeReady,
  type PutUp,
  publish,
  putUp,
  send,
  slug,
} from '../../office/consultations/conducting.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
  await makeReady(people)
})
afterEach(() => portal.close())

const seen = async (path: string) => {
  const page = await portal.app.inject(`/consultations/${slug}${path}`)
  expect(page.statusCode, path).toBe(200)
  return page.body.replace(/\s+/g, ' ')
}

test('why the period is short, why it stopped and what was wrong are said on the draft', async () => {
  const reason = '防汛应急，需要尽快施行'
  await send(people.drafter, `${base}/settings`, {
    ...facts,
    closes_on: '2026-12-01',
    short_period_reason: reason,
  })
  await publish(people)
  await send(people.approver, `${base}/suspension`, { reason: '草案需要重大调整' })
  const correction = { place: 'p3', before: '一处', after: '两处', reason: '笔误' }
  await send(people.approver, `${base}/corrections`, correction)
  const page = await seen('')
  expect(page).toContain(reason)
  expect(page).toContain('草案需要重大调整')
  expect(page).toMatch(/<del[^>]*>一处<\/del> 更正为 <ins[^>]*>两处<\/ins>/)
  expect(await seen('/clauses/p3')).toMatch(/<del[^>]*>一处<\/del> 更正为 <ins[^>]*>两处<\/ins>/)
  expect(await seen('/clauses/p4')).not.toContain('更正')
})

test('the title and a heading can be corrected too', async () => {
  await publish(people)
  const title = { place: 'title', before: '社区', after: '社区和农村', reason: '漏字' }
  const heading = { place: 'h1', before: '总体', after: '总的', reason: '笔误' }
  await send(people.approver, `${base}/corrections`, title)
  await send(people.approver, `${base}/corrections`, heading)
  const page = (await seen('')).replace(/<[^>]+>/g, '')
  expect(page).toMatch(/第一稿 题目中的 社区 更正为 社区和农村.{0,2}漏字/)
  expect(page).toMatch(/第一稿 一、总体要求中的 总体 更正为 总的.{0,2}笔误/)
})

test('what is not set is not said', async () => {
  await publish(people)
  expect(await seen('')).not.toMatch(/延期|更正|中止：|缩短期限/)
})
