import { HtmlValidate } from 'html-validate'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type Everything, everything, opened, publicAddresses, reopen, states } from './everything.ts'
import { sendForm } from './forms.ts'

/* Every address of the citizens' site, as its router lists them, in every state of a consultation. */
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Template engines leave blanks at the ends of lines; nobody sees them.
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
  },
})

let portal: TestPortal
let all: Everything
let addresses: string[]

beforeAll(async () => {
  portal = await buildTestApp({ now: opened })
  all = await everything(portal)
  addresses = await publicAddresses(all)
})
afterAll(() => portal.close())

describe.each(states)('%s', (_, enter) => {
  beforeAll(async () => {
    await enter(all)
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
  await reopen(all)
  const { code, comment } = all
  const draft = '/consultations/yanglao'
  const wrong = { 'comments[0][body]': '短', 'comments[0][clause]': 'p3', token: '' }
  const right = { ...wrong, 'comments[0][stance]': 'amend', 'comments[0][body]': '足够长的一条意见。' }
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
