import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { withdraw } from '../../../db/queries/receipts/receipt-acts.ts'
import { tagComments } from '../../../db/queries/themes/theme-comments.ts'
import { addTheme, removeTheme } from '../../../db/queries/themes/themes.ts'
import { comments, commentThemes, themeProposals, themeReadings } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { aMember, type SignedIn, signIn } from '../../staff.ts'
import { learn, saidOnThree } from './learning.ts'

let portal: TestPortal
let drafter: SignedIn
let bySubject: Record<string, string[]>
let consultationId: string
const address = '/office/shanxi-laoqu/themes/proposals'

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const said = await saidOnThree(portal, 30)
  bySubject = said.bySubject
  consultationId = said.consultation.id
  drafter = await signIn(portal, 'drafter')
  const act = { staffId: (await aMember(portal, 'drafter')).id, now: portal.clock.now }
  for (const [id, name] of Object.entries({ health: '医疗', transport: '交通', schools: '教育' })) {
    await addTheme(portal.db, consultationId, { id, name, words: [], clause: null }, act)
  }
  return portal
})

async function assign(each: number): Promise<void> {
  const act = { staffId: (await aMember(portal, 'drafter')).id, now: portal.clock.now }
  for (const [theme, ids] of Object.entries(bySubject)) {
    await tagComments(portal.db, consultationId, theme, ids.slice(0, each), act)
  }
  await drafter.get(address)
  await drafter.post('/office/shanxi-laoqu/themes/candidates', {})
  await learn(portal)
}

test('under thirty nothing is proposed, and the page says so', async () => {
  anewAfter()
  await assign(9)
  expect(await portal.db.query.$count(themeProposals)).toBe(0)
  expect((await drafter.get(address)).body).toContain('人已归入的还不到 30 条')
})

test('from thirty on the rest is proposed, least certain first; one act confirms, corrects or refuses', async () => {
  anewAfter()
  await assign(10)
  const rows = await portal.db.query.select().from(themeProposals)
  expect(rows).toHaveLength(60)
  const page = await shown()
  expect(page.confidence).toBe(Math.round(Math.min(...rows.map(({ confidence }) => confidence)) / 10))
  expect(page.body).toContain('依据：')
  expect(page.body).toContain('程序建议、还没有人确认的 <strong>60</strong> 条')
  const passed = await drafter.get(`${address}?after=${page.comment}`)
  expect(passed.body).not.toContain(`proposals/${page.comment}"`)
  expect(await answer(page, { theme: page.proposed })).toBe(303)
  const second = await shown()
  expect(second.comment).not.toBe(page.comment)
  const corrected = ['health', 'transport', 'schools'].find((theme) => theme !== second.proposed) ?? ''
  expect(await answer(second, { theme: corrected })).toBe(303)
  const third = await shown()
  expect(await answer(third, { theme: 'none' })).toBe(303)
  expect(await portal.db.query.$count(commentThemes)).toBe(32)
  expect(await portal.db.query.$count(themeProposals)).toBe(57)
  expect(await answer(third, { theme: 'nothing' })).toBe(404)
  await drafter.get(address)
  await drafter.post('/office/shanxi-laoqu/themes/candidates', {})
  await learn(portal)
  const after = (await drafter.get(address)).body
  expect(after).toContain('程序建议后由人看过的 <strong>3</strong> 条，人与程序一致 33%')
  expect(after).toContain('人已归入 <strong>32</strong> 条次')
})

test('two persons who read the same are compared, the second without seeing what the first said', async () => {
  anewAfter()
  await assign(10)
  const first = await shown()
  await answer(first, { theme: first.proposed })
  expect((await drafter.get(`${address}?again=1`)).body).toContain('没有别人归过')
  const other = await signIn(portal, 'drafter')
  const again = (await other.get(`${address}?again=1`)).body
  expect(again).toContain(`proposals/${first.comment}"`)
  expect(again).not.toContain('程序建议：')
  await other.post(`${address}/${first.comment}`, { theme: 'none', again: '1' })
  expect(await portal.db.query.$count(themeReadings)).toBe(2)
  expect(await portal.db.query.$count(commentThemes)).toBe(31)
  await drafter.get(address)
  await drafter.post('/office/shanxi-laoqu/themes/candidates', {})
  await learn(portal)
  expect((await drafter.get(address)).body).toContain('两人都归过的 <strong>1</strong> 对，一致 0%')
})

test('every tenth act asks to learn anew, and a theme that is removed takes its proposals along', async () => {
  anewAfter()
  await assign(10)
  for (let i = 0; i < 10; i++) {
    const page = await shown()
    await answer(page, { theme: page.proposed })
  }
  await learn(portal)
  expect(await portal.db.query.$count(themeProposals)).toBe(50)
  const act = { staffId: (await aMember(portal, 'drafter')).id, now: portal.clock.now }
  await removeTheme(portal.db, consultationId, 'health', act)
  expect(await portal.db.query.$count(themeProposals)).toBeLessThan(50)
})

interface Shown {
  body: string
  comment: string
  proposed: string
  confidence: number
}

async function shown(): Promise<Shown> {
  const { body } = await drafter.get(address)
  return {
    body,
    comment: /proposals\/([^"?/]+)"/.exec(body)?.[1] ?? '',
    proposed: /name="proposed" value="([^"]+)"/.exec(body)?.[1] ?? '',
    confidence: Number(/把握 (\d+)%/.exec(body)?.[1]),
  }
}

async function answer({ comment, proposed }: Shown, sent: { theme: string }): Promise<number> {
  const { statusCode } = await drafter.post(`${address}/${comment}`, { proposed, ...sent })
  return statusCode
}

test('what was proposed for a comment goes with it when its author withdraws it', async () => {
  anewAfter()
  await assign(10)
  const [{ commentId } = expect.unreachable()] = await portal.db.query.select().from(themeProposals)
  const isIt = eq(comments.id, commentId)
  const [comment = expect.unreachable()] = await portal.db.query.select().from(comments).where(isIt)
  await withdraw(portal.db, comment, portal.clock.now)
  expect(await portal.db.query.$count(themeProposals, eq(themeProposals.commentId, commentId))).toBe(0)
  expect(await portal.db.query.$count(themeProposals)).toBe(59)
})
