import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { consultations } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { check, closed, later, publishAt, sendMany } from '../../jobs/heads.ts'
import { aComment } from '../../moderation/comments.ts'
import { signIn } from '../../staff.ts'
import { decided } from '../decided.ts'

const base = '/consultations/shanxi-laoqu'
let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const page = async (address: string) => (await portal.app.inject(address)).body
/** What a person reads of a page's main part. */
const read = async (address: string) =>
  (await page(address))
    .split('<main')[1]
    ?.replace(/<\/?span[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ') ?? ''

describe('the page', () => {
  test('says what was received and what became of it, at closing', async () => {
    await sendMany(portal, 7)
    await decided(portal, '建议之0', 'published')
    await decided(portal, '建议之1', 'withheld')
    expect(await read('/transparency')).toContain('还没有公布树头')
    await publishAt(portal, closed)
    for (const address of ['/transparency', `${base}/transparency`]) {
      const text = await read(address)
      expect(text).toContain('收到 7 条＝公开 1＋不公开 1＋不纳入 0＋待审 5＋撤回 0')
      expect(text).toContain('收到的提交 7 件')
      expect(text).not.toContain('截止后补录')
      expect(text).toContain('本网站还没有写明公钥另在何处公布')
    }
  })

  test('has a line of its own for letters that staff entered after closing', async () => {
    await sendMany(portal, 6)
    await publishAt(portal, closed)
    portal.clock.now = later(portal, 60)
    await aComment(portal, {}, { channel: 'letter' })
    await portal.db.query.update(consultations).set({ outcomeAt: later(portal, 1) })
    await publishAt(portal, later(portal, 60))
    expect(await read(`${base}/transparency`)).toMatch(
      /截止后补录 1 件 截止以后由工作人员录入的线下来文.* 第 1 个树头 · 2026-12-24 00:01 · 6 件/,
    )
  })

  test('tells no figures of fewer than five', async () => {
    await sendMany(portal, 4)
    await publishAt(portal, closed)
    const text = await read(`${base}/transparency`)
    expect(text).toContain('收到的提交 4 件 其中的意见 不足 5 件，不列条数')
    expect(await page(`${base}/transparency.json`)).not.toContain('received')
  })

  test('stands in English', async () => {
    await sendMany(portal, 6)
    await publishAt(portal, closed)
    const text = await read(`${base}/transparency?lang=en`)
    expect(text).toContain(
      '6 received = published 0 + not published 0 + not admitted 0 + waiting 6 + withdrawn 0',
    )
    expect(text).toContain('6 submissions')
    expect(text).not.toMatch(/树头|存证(?!文件)/)
  })

  test('says where the public key can be compared', async () => {
    const admin = await signIn(portal, 'admin')
    await admin.get('/admin/site')
    await admin.post('/admin/site', { name: '某省', keyPlaces: '《某省日报》2026年11月20日第 3 版' })
    expect(await read('/transparency')).toContain('《某省日报》2026年11月20日第 3 版')
    expect(JSON.parse(await page('/transparency.json')).compare_public_key_at).toBe(
      '《某省日报》2026年11月20日第 3 版',
    )
  })

  test('is led to from the draft, the foot of every page and the receipt', async () => {
    expect(await page(base)).toContain(`href="${base}/transparency"`)
    expect(await page('/')).toContain('href="/transparency"')
  })
})

describe('the office’s setting', () => {
  const set = async (times: string) => {
    const drafter = await signIn(portal, 'drafter')
    await drafter.get('/office/shanxi-laoqu/participation')
    return drafter.post('/office/shanxi-laoqu/participation', {
      ask_name: 'optional',
      ask_identity: 'optional',
      ask_organisation: 'optional',
      ask_region: 'optional',
      ask_contact: 'optional',
      head_times: times,
    })
  }

  test.each([
    ['off', '本次征求意见不公布树头', []],
    ['closing', '树头在截止以后公布', []],
    ['daily', '树头每日公布', [15]],
    ['hourly', '树头每小时公布', [15, 25]],
  ])('%s is said on the page and kept', async (times, said, sizes) => {
    expect((await set(times)).statusCode).toBe(303)
    await sendMany(portal, 20)
    await publishAt(portal, later(portal, 20))
    await sendMany(portal, 10)
    await publishAt(portal, later(portal, 90))
    expect(await read(`${base}/transparency`)).toContain(said)
    const { heads } = JSON.parse(await page(`${base}/transparency.json`))
    expect(heads.map(({ size }: { size: number }) => size)).toEqual(sizes)
    expect((await check([{ heads }])).code).toBe(0)
  })

  test('that is none is refused', async () => {
    expect((await set('weekly')).statusCode).toBe(422)
  })
})

describe('heads are never shown before the comments may be', () => {
  test('where these are published together after closing', async () => {
    await portal.db.query
      .update(consultations)
      .set({ headTimes: 'hourly', publicationPolicy: 'after_closing' })
    await sendMany(portal, 20)
    expect(await publishAt(portal, later(portal, 30))).toHaveLength(1)
    expect(await read(`${base}/transparency`)).toContain('树头也在截止以后才公布')
    expect(JSON.parse(await page(`${base}/transparency.json`)).heads).toEqual([])
    expect(JSON.parse(await page('/transparency.json')).consultations).toEqual([])
    portal.clock.now = closed
    expect(JSON.parse(await page(`${base}/transparency.json`)).heads).toHaveLength(1)
  })

  test('where they never are', async () => {
    await portal.db.query.update(consultations).set({ publicationPolicy: 'outcome_only' })
    await sendMany(portal, 6)
    await publishAt(portal, closed)
    expect(await read(`${base}/transparency`)).toContain('树头在公布结果时公布')
    expect(await page(`${base}/transparency`)).not.toContain('6 件')
  })
})

test('what waits changes no byte before a head is due', async () => {
  const addresses = [
    '/transparency',
    '/transparency.json',
    `${base}/transparency`,
    `${base}/transparency.json`,
  ]
  await sendMany(portal, 1)
  // The first receipt makes the key.
  await portal.app.inject({
    method: 'POST',
    url: `${base}/submissions`,
    headers: { 'idempotency-key': 'one' },
    payload: { comments: [{ clause: 'p3', stance: 'amend', body: '一条' }] },
  })
  const before = await Promise.all(addresses.map(page))
  await sendMany(portal, 30)
  await publishAt(portal, later(portal, 20))
  expect(await Promise.all(addresses.map(page))).toEqual(before)
})
