import { expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { staffIndexing } from '../../../server/jobs/staff-search.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { doSome } from '../../jobs/doing.ts'
import { meanwhile } from '../../meanwhile.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, type Said, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let consultation: Consultation
let ids: string[]
const office = '/office/shanxi-laoqu'
const said = (body: string, wording: string | null): Said => ({ ...amendment, body, wording })

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  ids = await say(portal.db, consultation, [
    said('请写明时限。', '本条全部改写。'),
    said('时限太长。', null),
    said('<script>alert(1)</script>', null),
  ])
  await doSome(portal.deps, staffIndexing)
  drafter = await signIn(portal, 'drafter')
  return portal
})

test('a theme is made, takes what its words find, and comments are put under it and taken out by hand', async () => {
  anewAfter()
  await drafter.get(`${office}/themes`)
  expect((await drafter.post(`${office}/themes`, { name: '' })).statusCode).toBe(422)
  const many = await drafter.post(`${office}/themes`, {
    name: '多',
    words: '一二三四五六七八九十日'.split('').join('、'),
  })
  expect(many.body).toContain('关键词最多 10 个，现在是 11 个')
  expect((await drafter.post(`${office}/themes`, { name: '时限', words: '时限、期限' })).statusCode).toBe(303)
  const again = await drafter.post(`${office}/themes`, { name: '时限' })
  expect(again.body).toContain('已经有名为“时限”的主题')
  const theme = await addressOf('时限')
  const page = await drafter.get(theme)
  expect(page.body).toContain('全部归入（2 条）')
  expect(page.body).toContain('请写明<mark>时限</mark>')
  expect((await drafter.post(`${theme}/acceptance`, {})).statusCode).toBe(303)
  const into = theme.split('/').at(-1)
  await drafter.post(`${office}/themes/tagging`, { into, comment: [ids[2]] })
  const reading = await drafter.get(`${office}/comments?theme=${into}`)
  expect(reading.body.match(/class="read-comment"/g)).toHaveLength(3)
  expect(reading.body).not.toContain('<script>alert')
  await drafter.post(`${office}/themes/untagging`, { from: into, comment: [ids[2]] })
  const rest = await drafter.get(`${office}/comments?theme=${into}`)
  expect(rest.body.match(/class="read-comment"/g)).toHaveLength(2)
  for (const act of ['tagging', 'untagging']) {
    const none = await drafter.post(`${office}/themes/${act}`, { into, from: into })
    expect(none.body).toContain('还没有勾选意见')
  }
})

test('a rule asks for several words at once and refuses others, says so, and what is under no theme can be read', async () => {
  anewAfter()
  await drafter.get(`${office}/themes`)
  const none = await drafter.get(`${office}/comments?theme=none`)
  expect(none.body.match(/class="read-comment"/g)).toHaveLength(3)
  expect(none.body).not.toContain('未归主题')
  await drafter.post(`${office}/themes`, { name: '时限', words: '写明+时限，-太长' })
  const theme = await addressOf('时限')
  const page = await drafter.get(theme)
  expect(page.body).toContain('含有“写明”和“时限”，不含“太长”')
  expect(page.body).toContain('全部归入（1 条）')
  await drafter.post(`${theme}/acceptance`, {})
  const rest = await drafter.get(`${office}/comments?theme=none`)
  expect(rest.body).toContain('未归主题')
  expect(rest.body.match(/class="read-comment"/g)).toHaveLength(2)
  expect(rest.body).not.toContain('移出这个主题')
  await drafter.post(`${office}/themes`, { name: '都不', words: '-太长' })
  expect((await drafter.get(await addressOf('都不'))).body).toContain('没有新的。')
})

test('a rule shows all that it would take, a page at a time', async () => {
  anewAfter()
  await drafter.get(`${office}/themes`)
  await say(
    portal.db,
    consultation,
    Array.from({ length: 103 }, (_, i) => said(`第${i}号公路要修。`, null)),
  )
  await doSome(portal.deps, staffIndexing)
  await doSome(portal.deps, staffIndexing)
  await drafter.post(`${office}/themes`, { name: '公路', words: '公路' })
  const page = await drafter.get(await addressOf('公路'))
  expect(page.body).toContain('还有 <strong>103</strong> 条没有归入，每页列 100 条')
  const next = /href="([^"]*after=[^"]*)"/.exec(page.body)?.[1] ?? ''
  const last = await drafter.get(next)
  expect(last.body).toContain('第102号')
  expect(last.body).not.toContain('第99号')
  expect(last.body).not.toContain('后面的')
  expect((await drafter.get(`${next}x`)).statusCode).toBe(200)
})

test('a theme is changed, merged into another and removed', async () => {
  anewAfter()
  await drafter.get(`${office}/themes`)
  await drafter.post(`${office}/themes`, { name: '时限', words: '时限、期限' })
  await drafter.post(`${office}/themes`, { name: '进度', words: '太长' })
  const progress = await addressOf('进度')
  expect((await drafter.post(progress, { name: '时限', revision: '1' })).body).toContain(
    '已经有名为“时限”的主题',
  )
  expect(
    (await drafter.post(progress, { name: '快慢', words: '太长', clause: 'p7', revision: '1' })).statusCode,
  ).toBe(303)
  await drafter.post(`${progress}/acceptance`, {})
  expect((await drafter.get(`${office}/themes`)).body).toContain('含有“太长”，限于')
  const into = (await addressOf('时限')).split('/').at(-1)
  expect((await drafter.post(`${progress}/merger`, { into: progress.split('/').at(-1) })).statusCode).toBe(
    404,
  )
  expect((await drafter.post(`${progress}/merger`, { into })).statusCode).toBe(303)
  expect((await drafter.get(progress)).statusCode).toBe(404)
  const rest = await addressOf('时限')
  expect((await drafter.post(`${rest}/removal`, {})).statusCode).toBe(303)
  expect((await drafter.get(`${office}/themes`)).body).toContain('还没有主题')
})

test('a rule of a clause alone finds what stands on it', async () => {
  anewAfter()
  await drafter.get(`${office}/themes`)
  await drafter.post(`${office}/themes`, { name: '本条', clause: 'p7' })
  expect((await drafter.get(await addressOf('本条'))).body).toContain('全部归入（3 条）')
})

/** The address of the theme of this name. */
async function addressOf(name: string): Promise<string> {
  const { body } = await drafter.get(`${office}/themes`)
  return new RegExp(`href="([^"]+/themes/[^"]+)">${name}</a>`).exec(body)?.[1] ?? ''
}

test('ticked comments are answered together, and nothing ticked is said', async () => {
  await drafter.get(`${office}/comments`)
  const none = await drafter.post(`${office}/responses/new`, {})
  expect(none.statusCode).toBe(422)
  expect(none.body).toContain('还没有勾选意见')
  const form = await drafter.post(`${office}/responses/new`, { comment: ids.slice(0, 2) })
  expect(form.body).toContain('<strong>2</strong> 条意见')
})

test('a theme that was removed while it was being renamed is said to be gone', async () => {
  anewAfter()
  await drafter.get(`${office}/themes`)
  await drafter.post(`${office}/themes`, { name: '一时' })
  const theme = await addressOf('一时')
  meanwhile(portal.db, () => drafter.post(`${theme}/removal`, {}))
  const renamed = await drafter.post(theme, { name: '另一名', revision: '1' })
  expect(renamed.statusCode).toBe(409)
  expect(renamed.body).toContain('这个主题已经删除')
  expect(renamed.body).toContain('另一名')
})
