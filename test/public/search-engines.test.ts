import { expect, test } from 'vitest'
import { siteDefaults } from '../../server/rules/site.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { sharedPortal } from '../shared-portal.ts'
import { signIn } from '../staff.ts'
import { decided } from './decided.ts'

let portal: TestPortal

sharedPortal(async () => {
  portal = await buildTestApp()
  return portal
})

const base = '/consultations/shanxi-laoqu'

test('the administrator keeps search engines from what holds comments, and from nothing else', async () => {
  await aComment(portal, { body: '可以收录吗？' })
  const id = await decided(portal, '可以收录吗？', 'published')
  const withComments = [
    'comments',
    `comments/${id}`,
    'clauses/p7',
    'annotated',
    'feed.atom',
    'comments.csv',
    'comments.json',
    'comments.jsonld',
  ]
  const without = ['', '/notice', '/draft.txt', '/moderation']
  const listing = async (path: string, method: 'GET' | 'HEAD' = 'GET') =>
    (await portal.app.inject({ url: `${base}${path}`, method })).headers['x-robots-tag']
  for (const page of withComments) expect(await listing(`/${page}`), page).toBeUndefined()
  expect((await portal.app.inject('/sitemap.xml')).body).toContain(`${base}/comments<`)

  const admin = await signIn(portal, 'admin')
  await admin.get('/admin/site')
  await admin.post('/admin/site', { name: siteDefaults.name, commentListing: 'unlisted' })
  expect((await admin.get('/admin/site')).body).toMatch(/value="unlisted" selected/)
  for (const page of withComments) {
    expect(await listing(`/${page}`), page).toBe('noindex')
    expect(await listing(`/${page}`, 'HEAD'), page).toBe('noindex')
  }
  for (const page of without) expect(await listing(page), page).toBeUndefined()
  const { body } = await portal.app.inject('/sitemap.xml')
  expect(body).toContain(`${base}<`)
  expect(body).not.toMatch(/comments|clauses/)
})
