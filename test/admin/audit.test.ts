import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleOfDecisions } from '../../db/queries/log/audit.ts'
import { decisions } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
let moderator: SignedIn

beforeAll(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
})
afterAll(() => portal.close())

const ruling = { admission: 'admitted', publication: 'published', version: '1' }

test('the auditor reads the log, the tallies and the same sample twice, and changes nothing', async () => {
  const { publicId } = await aComment(portal)
  await moderator.get('/moderation')
  await moderator.post(`/moderation/comments/${publicId}/decision`, ruling)
  const auditor = await signIn(portal, 'auditor')
  const log = await auditor.get('/admin/log')
  expect(log.body).toContain('审核决定')
  expect((await auditor.get('/admin/log?act=comment.decide&before=99999999999')).statusCode).toBe(200)
  expect((await auditor.get('/admin/log?act=%00&subject[]=1')).statusCode).toBe(200)
  const audit = await auditor.get('/admin/audit?seed=abc&size=5')
  expect(audit.body).toContain(moderator.name)
  const sampleIn = (html: string) => html.slice(html.indexOf('id="sample"'))
  const again = await auditor.get('/admin/audit?seed=abc&size=5')
  expect(sampleIn(again.body)).toBe(sampleIn(audit.body))
  expect(sampleIn(audit.body)).toContain('建议把时限写明确')
  expect((await auditor.post('/admin/moderation/words', { words: 'x' })).statusCode).toBe(403)
  expect((await moderator.get('/admin/log')).statusCode).toBe(403)
})

test('a sample goes on with the first behind the last, holds nothing twice and no more than there is', async () => {
  const { db } = portal
  for (let i = 0; i < 5; i++) {
    const { publicId } = await aComment(portal)
    await moderator.get(`/moderation?comment=${publicId}`)
    await moderator.post(`/moderation/comments/${publicId}/decision`, ruling)
  }
  const all = await db.query.select({ id: decisions.id }).from(decisions)
  const lots = all.map(({ id }) => id.slice(26)).sort()
  const drawn = async (seed: string, size: number) =>
    (await sampleOfDecisions(db, seed, size)).map(({ decision }) => decision.id.slice(26))
  const begun = new Set<string | undefined>()
  for (let seed = 0; seed < 40; seed++) {
    const sample = await drawn(`种子${seed}`, 3)
    const place = lots.indexOf(sample[0] ?? '')
    expect(sample).toEqual([0, 1, 2].map((step) => lots[(place + step) % lots.length]))
    begun.add(sample[0])
  }
  expect(begun.size).toBeGreaterThan(1)
  expect((await drawn('a', 50)).sort()).toEqual(lots)
})
