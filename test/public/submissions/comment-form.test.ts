import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sendForm } from '../forms.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const address = '/consultations/shanxi-laoqu/comments/new'
const clausesIn = (html: string) => [...html.matchAll(/ data-clause="(\w+)"/g)].map(([, key]) => key)
const typed = { 'comments[0][clause]': 'p3', 'comments[0][stance]': 'amend', 'comments[0][body]': '第一条。' }

test('another comment on the same clause is added behind the first, which is kept', async () => {
  const { body } = await sendForm(portal.app, address, { ...typed, again: 'p3' })
  expect(clausesIn(body)).toEqual(['p3', 'p3'])
  expect(body).toContain('第一条。</textarea>')
  expect(body).toMatch(/<span id="again"><\/span>\s*<fieldset class="part" id="p3-comments-1-clause"/)
  expect(body).toContain('（第 2 条）')
})

test('in the form for everything every other clause stays', async () => {
  const before = clausesIn((await portal.app.inject(address)).body)
  const { body } = await sendForm(portal.app, address, { ...typed, all: '1', again: 'p3' })
  const place = before.indexOf('p3')
  expect(clausesIn(body)).toEqual([...before.slice(0, place), 'p3', ...before.slice(place)])
  expect(body).toContain('第一条。</textarea>')
  const asked = await portal.app.inject(`${address}?again=p3&again=p3&lang=en`)
  expect(clausesIn(asked.body).filter((key) => key === 'p3')).toHaveLength(3)
  expect(asked.body).toContain('again=p3&amp;again=p3"')
})

test.each(['again=p99', 'again=', 'again[x][y]=p3', `again[0][0]=p3`, '', 'again=__proto__'])(
  '%j adds nothing',
  async (query) => {
    const { body, statusCode } = await portal.app.inject(`${address}?${query}`)
    expect(statusCode).toBe(200)
    expect(clausesIn(body).filter((key) => key === 'p3')).toHaveLength(1)
    const posted = await portal.app.inject({
      method: 'POST',
      url: address,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `${new URLSearchParams(typed)}&${query}`,
    })
    expect(posted.statusCode).toBe(200)
    expect(clausesIn(posted.body)).toEqual(['p3'])
  },
)

test('an address cannot ask for more than a submission takes', async () => {
  const { body } = await portal.app.inject(`${address}?${'again=p3&'.repeat(500)}`)
  expect(clausesIn(body).filter((key) => key === 'p3').length).toBeLessThanOrEqual(61)
})
