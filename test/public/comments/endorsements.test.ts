import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { endorse } from '../../../db/queries/comments/endorsements.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { Refused } from '../../../db/refused.ts'
import { comments, consultations, endorsements, log } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { meanwhile } from '../../meanwhile.ts'
import { decided, submitComment } from '../decided.ts'
import { formFields, sendForm } from '../forms.ts'
import { offered } from '../offered.ts'

let portal: TestPortal
let comment: string
let authorsCode: string
const base = '/consultations/shanxi-laoqu'
const body = '建议写明补贴的对象和标准，便于农户了解。'

beforeEach(async () => {
  await portal?.close()
  portal = await buildTestApp()
  authorsCode = await submitComment(portal, 'p3', body)
  comment = await decided(portal, body, 'published')
  await offered(portal, 'endorsements')
})
afterAll(() => portal.close())

const address = (id = comment) => `${base}/comments/${id}/endorsements`
const tap = (fields: Record<string, string> = { key: crypto.randomUUID() }, id = comment) =>
  sendForm(portal.app, address(id), fields)
const codeIn = (html: string) => /<output id="receipt-code">([^<]+)</.exec(html)?.[1] ?? ''
const numberIn = (html: string) => /<output id="receipt-number">([^<]+)</.exec(html)?.[1] ?? ''
const clause = async () => (await portal.app.inject(`${base}/clauses/p3`)).body
const counted = async () => /附议 (\d+) 人次（未核实）/.exec(await clause())?.[1] ?? '0'
const stored = () => portal.db.query.$count(endorsements)

test('one tap gives a receipt of its own and counts beside the comment, not as one', async () => {
  expect(await clause()).toContain(
    '>附议<span class="hidden" lang="zh-CN">：建议写明补贴的对象和标准，便于农户了解。</span>',
  )
  expect(await clause()).not.toContain('人次')
  const sent = await tap()
  expect(sent.statusCode).toBe(201)
  expect(sent.body).toContain('附议已收到')
  expect(sent.body).not.toContain('data-sent')
  expect(numberIn(sent.body)).toMatch(/^20261123-[0-9A-Z]{5}-[0-9A-Z]{5}$/)
  await tap()
  expect(await counted()).toBe('2')
  expect(await clause()).toContain('<small>1 条</small>')
  expect((await portal.app.inject(`${base}/comments`)).body).toContain('附议 2 人次（未核实）')
  expect((await portal.app.inject(`${base}/comments/${comment}`)).body).toContain('附议 2 人次（未核实）')
  expect(await portal.db.query.$count(comments)).toBe(1)
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('fifty taps of one key at once are one endorsement and one receipt', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => tap({ key: 'the-same-key' })))
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]))
  expect(new Set(answers.map(({ body }) => codeIn(body))).size).toBe(1)
  expect(await stored()).toBe(1)
  expect(await counted()).toBe('1')
})

test('fifty taps at once are all counted', async () => {
  await Promise.all(Array.from({ length: 50 }, () => tap()))
  expect(await counted()).toBe('50')
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('without a script a page asks to confirm, and nothing is stored before', async () => {
  const asked = await tap({ key: '' })
  expect(asked.statusCode).toBe(200)
  expect(asked.headers['cache-control']).toBe('no-store')
  expect(asked.body).toContain('确认附议')
  expect(asked.body).toContain(body)
  expect(await stored()).toBe(0)
  const { token = '' } = formFields(asked.body)
  const [first, second] = [await tap({ token }), await tap({ token })]
  expect([first.statusCode, codeIn(second.body)]).toEqual([201, codeIn(first.body)])
  expect(await stored()).toBe(1)
})

test('what is neither a key nor a token of ours is asked about', async () => {
  const hostile: Record<string, string>[] = [
    { token: 'mfz.deadbeef.AAAA' },
    { key: 'é' },
    { key: 'x'.repeat(201) },
    { 'key[]': 'a' },
  ]
  for (const fields of hostile) expect((await tap(fields)).statusCode).toBe(200)
  expect(await stored()).toBe(0)
})

test('JSON is answered with the receipt, the same for the same key; another comment under it is a conflict', async () => {
  const send = (key?: string, id = comment) =>
    portal.app.inject({
      method: 'POST',
      url: address(id),
      headers: { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) },
      payload: '{}',
    })
  const [first, second] = [await send('key-1'), await send('key-1')]
  expect([first.statusCode, second.statusCode]).toEqual([201, 201])
  expect(first.json().receipt.code).toMatch(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/)
  expect(second.json()).toEqual(first.json())
  expect((await send()).statusCode).toBe(400)
  await submitComment(portal, 'p4', `${body}又一条`)
  const other = await decided(portal, `${body}又一条`, 'published')
  expect((await send('key-1', other)).statusCode).toBe(409)
  expect(await stored()).toBe(1)
})

test('a submission and an endorsement under one key have receipts that open each its own', async () => {
  const send = (url: string, payload: unknown) =>
    portal.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', 'idempotency-key': 'one-key' },
      payload: JSON.stringify(payload),
    })
  const said = await send(`${base}/submissions`, { comments: [{ clause: 'p3', stance: 'support', body }] })
  const endorsed = await send(address(), {})
  expect(endorsed.json().receipt.code).not.toBe(said.json().receipt.code)
  expect(endorsed.json().receipt.number).not.toBe(said.json().receipt.number)
})

test('the code opens its state, and takes the endorsement back: it leaves the count at once', async () => {
  const code = codeIn((await tap({ key: 'mine' })).body)
  await tap()
  const status = await sendForm(portal.app, '/receipts', { code: code.toLowerCase() })
  expect(status.body).toContain('附议情况')
  expect(status.body).toContain('已计入')
  expect(status.body).toContain(body)
  const asked = await sendForm(portal.app, '/receipts/withdrawal', { code })
  expect(asked.body).toContain('确认撤回附议')
  expect(await counted()).toBe('2')
  const done = await sendForm(portal.app, '/receipts/withdrawal', { code, confirmed: '1' })
  expect(done.body).toContain('附议已经撤回')
  expect(await counted()).toBe('1')
  expect((await sendForm(portal.app, '/receipts/withdrawal', { code, confirmed: '1' })).statusCode).toBe(409)
  expect(await counted()).toBe('1')
  expect(await wrongCounts(portal.db)).toEqual([])
  expect(await portal.db.query.select().from(log).where(eq(log.act, 'endorsement.withdraw'))).toMatchObject([
    { staffId: null, detail: { commentId: (await portal.db.query.select().from(comments))[0]?.id } },
  ])
  const again = await tap({ key: 'mine' })
  expect([again.statusCode, await counted()]).toEqual([409, '1'])
  expect(again.body).toContain('这次附议没有记录')
})

test('ten withdrawals of one endorsement at once take one away', async () => {
  const code = codeIn((await tap()).body)
  await tap()
  const withdraw = () => sendForm(portal.app, '/receipts/withdrawal', { code, confirmed: '1' })
  const answers = await Promise.all(Array.from({ length: 10 }, withdraw))
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  expect(await counted()).toBe('1')
  expect(await wrongCounts(portal.db)).toEqual([])
})

test('the other acts of a receipt are not an endorsement’s', async () => {
  const code = codeIn((await tap()).body)
  for (const act of ['revision', 'appeal', 'name']) {
    expect((await sendForm(portal.app, `/receipts/${act}`, { code, comment })).statusCode).toBe(404)
  }
})

test('with a comment that its author takes back, its endorsements go too, and its words are not shown', async () => {
  const code = codeIn((await tap()).body)
  await sendForm(portal.app, '/receipts/withdrawal', { code: authorsCode, comment, confirmed: '1' })
  expect(await clause()).not.toContain('人次')
  const status = await sendForm(portal.app, '/receipts', { code })
  expect(status.body).toContain('意见已不再公开')
  expect(status.body).not.toContain(body)
  expect((await tap()).statusCode).toBe(404)
  expect((await sendForm(portal.app, '/receipts/withdrawal', { code })).body).not.toContain(body)
})

test('what its author takes back at the same moment is said to be gone, in the language of the page', async () => {
  const takeBack = { code: authorsCode, comment, confirmed: '1' }
  meanwhile(portal.db, () => sendForm(portal.app, '/receipts/withdrawal', takeBack))
  const sent = await sendForm(portal.app, `${address()}?lang=en`, { key: 'k' })
  expect(sent.statusCode).toBe(404)
  expect(sent.body).toContain('This is no longer there')
  expect(await stored()).toBe(0)
})

test('only a published comment of this consultation is endorsed', async () => {
  await submitComment(portal, 'p3', `${body}待审`)
  const [pending] = await portal.db.query.select().from(comments).where(eq(comments.state, 'pending'))
  const publicId = pending?.publicId ?? ''
  const { db, deps } = portal
  const endorsed = { consultationId: pending?.consultationId ?? '', publicId }
  await expect(endorse(db, deps.seals, endorsed, 'k', deps.now())).rejects.toThrow(Refused)
  for (const id of [publicId, 'x', '%00', '00000000-0000-7000-8000-000000000000', '../../x']) {
    expect((await tap({ key: 'k' }, id)).statusCode).toBe(404)
  }
  expect(await stored()).toBe(0)
})

test('nothing is endorsed where it is not offered, is not open, or comments are not shown', async () => {
  const { now } = portal.clock
  portal.clock.now = new Date('2026-12-23T16:00:00Z')
  expect((await tap()).statusCode).toBe(403)
  expect(await clause()).not.toContain('data-key')
  portal.clock.now = now
  for (const publicationPolicy of ['after_closing', 'outcome_only']) {
    await portal.db.query.update(consultations).set({ publicationPolicy })
    expect((await tap()).statusCode).toBe(404)
  }
  await portal.db.query.update(consultations).set({ publicationPolicy: 'as_decided' })
  await offered(portal)
  const refused = await tap()
  expect([refused.statusCode, refused.body]).toEqual([403, expect.stringContaining('没有开通附议')])
  expect(await clause()).not.toContain('data-key')
  expect(await stored()).toBe(0)
})

test('another site cannot endorse in somebody’s name', async () => {
  const { statusCode } = await portal.app.inject({
    method: 'POST',
    url: address(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
    payload: 'key=theirs',
  })
  expect([statusCode, await stored()]).toEqual([403, 0])
})

test('a page with the button is the same for everybody and sets no cookie', async () => {
  const [one, two] = [
    await portal.app.inject(`${base}/clauses/p3`),
    await portal.app.inject(`${base}/clauses/p3`),
  ]
  expect(one.body).toBe(two.body)
  expect([one.headers['set-cookie'], one.headers.etag]).toEqual([undefined, two.headers.etag])
})
