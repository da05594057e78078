import { eq } from 'drizzle-orm'
import Fastify from 'fastify'
import { HtmlValidate } from 'html-validate'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consultations, outcomeRows, outcomes } from '../../db/schema/index.ts'
import { publicSite } from '../../server/public/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import {
  facts,
  makeReady,
  base as office,
  publish,
  putUp,
  send,
  slug,
} from '../office/consultations/conducting.ts'
import { secondPolicy } from '../office/consultations/draft-text.ts'
import { decided } from './decided.ts'
import { sendForm } from './forms.ts'

/*
 * Every address of the citizens' site, as its router lists them, in every state of a consultation that has all there can
 * be: two rounds, a short period, an extension, a correction, comments, an outcome.
 */
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Template engines leave blanks at the ends of lines; nobody sees them.
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
  },
})
const body = '建议每个社区至少建设两处服务站。'
const opened = new Date('2026-11-23T02:00:00Z')
const closed = new Date('2027-01-01T02:00:00Z')

let portal: TestPortal
let staffId: string
let addresses: string[]
let code: string
let comment: string

beforeAll(async () => {
  portal = await buildTestApp({ now: opened })
  const people = await putUp(portal)
  staffId = people.approver.id
  await makeReady(people)
  const short = { closes_on: '2026-12-01', short_period_reason: '防汛应急，需要尽快施行' }
  await send(people.drafter, `${office}/settings`, { ...facts, ...short })
  await publish(people)
  code = await submitted()
  comment = await decided(portal, body, 'published')
  await send(people.drafter, `${office}/import`, { text: secondPolicy })
  await send(people.drafter, `${office}/rounds/2/mapping`, {})
  await publish(people)
  await send(people.approver, `${office}/extensions`, { closes_on: '2026-12-20', reason: '群众建议延长' })
  const correction = { place: 'p3', before: '两处', after: '三处', reason: '笔误' }
  await send(people.approver, `${office}/corrections`, correction)
  addresses = await publicAddresses()
})
afterAll(() => portal.close())

async function submitted(): Promise<string> {
  const sent = await portal.app.inject({
    method: 'POST',
    url: `/consultations/${slug}/submissions`,
    headers: { 'idempotency-key': 'one' },
    payload: {
      comments: [{ clause: 'p3', stance: 'amend', body, wording: '每个社区至少建设两处养老服务站。' }],
      name: '朱小明',
      show_name: true,
    },
  })
  return sent.json().receipt.code
}

/** Every GET route of the citizens' site, with something that is there in the place of each parameter. */
async function publicAddresses(): Promise<string[]> {
  const filled: Record<string, string> = { slug, clause: 'p3', comment, before: '1', after: '2' }
  const found: string[] = []
  const app = Fastify()
  app.addHook('onRoute', ({ method, url }) => {
    if (method === 'GET') found.push(url.replace(/:(\w+)/g, (_, name: string) => filled[name] ?? 'x'))
  })
  await app.register(publicSite, portal.deps)
  await app.ready()
  return [...found, '/nothing']
}

const change = (values: Partial<typeof consultations.$inferInsert>) =>
  portal.db.query
    .update(consultations)
    .set({ ...values, revision: Math.floor(Math.random() * 1e9) })
    .where(eq(consultations.slug, slug))

async function conclude(): Promise<void> {
  portal.clock.now = closed
  await change({ outcomeAt: closed })
  const [{ id: consultationId } = { id: '' }] = await portal.db.query
    .select({ id: consultations.id })
    .from(consultations)
    .where(eq(consultations.slug, slug))
  const numbers = {
    received: 1,
    people: 1,
    admitted: 1,
    states: {},
    channels: {},
    outcomes: { adopted: 1 },
    late: 0,
    endorsements: 0,
  }
  const common = { consultationId, numbers, staffId, publishedAt: closed }
  await portal.db.query.insert(outcomes).values([
    { ...common, id: 'one', edition: 1, report: '一、基本情况\n共收到意见 1 条。', note: null },
    { ...common, id: 'two', edition: 2, report: '共收到意见 1 条。', note: '改正笔误' },
  ])
  const row = { clause: 'p3', count: 1, outcome: 'adopted', reason: '已写明。' }
  await portal.db.query.insert(outcomeRows).values([
    { ...row, outcomeId: 'two', position: 0, commentId: comment, author: '朱**', body },
    { ...row, outcomeId: 'two', position: 1, commentId: null, author: '归纳', body: '多条意见的概括' },
  ])
}

// In the order in which one can follow another.
const states: [string, () => unknown][] = [
  ['open', () => {}],
  [
    'not yet open',
    () =>
      change({ publishedAt: new Date('2026-11-22T00:00:00Z'), opensAt: new Date('2026-11-25T00:00:00Z') }),
  ],
  ['suspended', () => change({ opensAt: opened, suspendedAt: opened, suspensionReason: '草案需要重大调整' })],
  ['closed', () => change({ suspendedAt: null }).then(() => Object.assign(portal.clock, { now: closed }))],
  ['concluded', conclude],
]

describe.each(states)('%s', (_, enter) => {
  beforeAll(async () => {
    await enter()
  })

  test('nobody gets a cookie, and everybody the same bytes', async () => {
    for (const url of addresses) {
      const one = await portal.app.inject({ url, headers: { 'user-agent': 'A', 'accept-language': 'zh' } })
      const other = await portal.app.inject({
        url,
        headers: {
          'user-agent': 'B',
          'accept-language': 'en',
          cookie: 'staff=x',
          'x-forwarded-for': '1.2.3.4',
        },
      })
      expect(one.statusCode, url).toBeLessThan(500)
      for (const { headers } of [one, other]) expect(headers['set-cookie'], url).toBeUndefined()
      const policy = String(one.headers['cache-control'])
      if (policy !== 'no-store') {
        expect(policy, url).toMatch(/^public, max-age=0/)
        expect(one.rawPayload.equals(other.rawPayload), url).toBe(true)
      }
    }
  })

  test.each(['', '?lang=en', '?text=large&contrast=high'])(
    'every page is valid HTML with %s',
    async (query) => {
      for (const url of addresses) {
        const { headers, body: html } = await portal.app.inject(url + query)
        if (!String(headers['content-type']).startsWith('text/html')) continue
        const { results } = await validator.validateString(html)
        const messages = results.flatMap((result) => result.messages)
        expect(
          messages.map(
            ({ ruleId, message, line }) => `${ruleId}: ${message} — ${html.split('\n')[line - 1]}`,
          ),
          url + query,
        ).toEqual([])
      }
    },
  )

  test('in English, what is Chinese says so', async () => {
    const found: string[] = []
    for (const url of addresses) {
      const { headers, body: html } = await portal.app.inject(`${url}?lang=en`)
      const isPage = String(headers['content-type']).startsWith('text/html')
      if (isPage) found.push(...unmarked(html).map((text) => `${url}: ${text}`))
    }
    expect(found).toEqual([])
  })
})

test('what answers a form is valid HTML, in English too', async () => {
  portal.clock.now = opened
  await change({ outcomeAt: null })
  const draft = `/consultations/${slug}`
  const wrong = { 'comments[0][body]': '短', 'comments[0][clause]': 'p3', token: '' }
  const right = { ...wrong, 'comments[0][stance]': 'amend', 'comments[0][body]': body }
  const posts: [string, Record<string, string>][] = [
    [`${draft}/submissions`, wrong],
    [`${draft}/review`, right],
    [`${draft}/feedback-form`, {}],
    ['/receipts', { code: 'wrong' }],
    ['/receipts', { code }],
    ['/receipts/withdrawal', { code, comment }],
    ['/receipts/withdrawal', { code: 'wrong', comment }],
    ['/receipts/name', { code }],
  ]
  for (const [url, fields] of posts) {
    for (const query of ['', '?lang=en']) {
      const { body: html, statusCode } = await sendForm(portal.app, url + query, fields)
      expect(statusCode, url).toBeLessThan(500)
      const { results } = await validator.validateString(html)
      expect(
        results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
        url,
      ).toEqual([])
      if (query) expect(unmarked(html), url).toEqual([])
    }
  }
})

/** The Chinese texts of a page that no element says are Chinese; a masked name (朱**) is an example in any language. */
function unmarked(html: string): string[] {
  const found: string[] = []
  const walk = (node: DefaultTreeAdapterTypes.Node, lang: string): void => {
    if (node.nodeName === '#text' && 'value' in node) {
      const text = node.value.replace(/朱\*\*/g, '').trim()
      if (/\p{Script=Han}/u.test(text) && !lang.startsWith('zh')) found.push(text)
    }
    const own = 'attrs' in node ? node.attrs.find(({ name }) => name === 'lang')?.value : undefined
    // The title holds the draft's name beside the page's, and cannot mark either; a textarea what somebody typed.
    const isOwn = ['head', 'textarea'].includes(node.nodeName)
    if ('childNodes' in node && !isOwn) for (const child of node.childNodes) walk(child, own ?? lang)
  }
  walk(parse(html), '')
  return found
}
