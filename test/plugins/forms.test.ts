import { afterAll, beforeAll, expect, test } from 'vitest'
import { longestName, longestText, mostFields, mostFilled, readFields } from '../../server/plugins/forms.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { sendParts } from '../public/sent-files.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const base = '/consultations/shanxi-laoqu'
const places = (count: number) => Array.from({ length: count }, (_, place) => place)
const post = (path: string, type: string, payload: string) =>
  portal.app.inject({ method: 'POST', url: base + path, headers: { 'content-type': type }, payload })
const form = 'application/x-www-form-urlencoded'
const fields = (count: number, value: string) =>
  places(count)
    .map((place) => `comments[${place}][stance]=${value}`)
    .join('&')

test.each([
  ['fields in which something stands', form, fields(mostFilled + 1, 'a')],
  ['fields, empty or not', form, fields(mostFields + 1, '')],
  [
    'boxes of one name',
    form,
    Array(mostFilled + 1)
      .fill('again=p3')
      .join('&'),
  ],
  ['brackets', form, 'comments[0][body][a][b][c]=a'],
  ['values in JSON', 'application/json', JSON.stringify({ comments: places(mostFilled + 1) })],
  ['nesting in JSON', 'application/json', `{"comments":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
  ['comments', form, fields(121, 'a')],
  ['letters in one text', form, `comments[0][body]=${'a'.repeat(longestText + 1)}`],
  [
    'letters in all of its texts',
    form,
    places(60)
      .map((place) => `comments[${place}][body]=${'"'.repeat(12_000)}`)
      .join('&'),
  ],
  ['letters in a name', form, `${'a'.repeat(longestName * 3 + 1)}=a`],
  [
    'letters in one text of JSON',
    'application/json',
    JSON.stringify({ comments: [{ body: 'a'.repeat(longestText + 1) }] }),
  ],
])('a body with too many %s is refused small, wherever it is sent', async (_, type, payload) => {
  for (const path of ['/submissions', '/review', '/comments/new']) {
    const answer = await post(path, type, payload)
    expect([path, answer.statusCode]).toEqual([path, 422])
    expect(answer.body).toMatch(/请返回上一页，您填写的内容还在那里/)
    expect(answer.body.length).toBeLessThan(6000)
  }
})

test('so is one that comes in parts', async () => {
  const sent = Object.fromEntries(places(121).map((place) => [`comments[${place}][stance]`, 'a']))
  const answer = await sendParts(portal.app, `${base}/submissions`, sent, [])
  expect([answer.statusCode, answer.body.length < 6000]).toEqual([422, true])
})

test('so is one that comes in parts with too many letters in all', async () => {
  const said = Object.fromEntries(places(60).map((place) => [`comments[${place}][body]`, '"'.repeat(12_000)]))
  const answer = await sendParts(portal.app, `${base}/submissions`, said, [])
  expect([answer.statusCode, answer.body.length < 6000]).toEqual([413, true])
})

test('as many comments as may be sent, each as long as it may be, are read', async () => {
  const said = places(60).map(
    (place) =>
      `comments[${place}][clause]=p3&comments[${place}][stance]=amend` +
      `&comments[${place}][body]=${'长'.repeat(5000)}&comments[${place}][wording]=${'长'.repeat(5000)}`,
  )
  expect((await post('/review', form, said.join('&'))).statusCode).toBe(200)
})

test('some comments too many come back with all that was typed, and without the form', async () => {
  const said = places(121).map(
    (place) => `comments[${place}][clause]=p3&comments[${place}][body]=说了${place}号`,
  )
  const answer = await post('/review', form, said.join('&'))
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain('一份表单最多写 120 条意见，请分次提交')
  for (const place of places(121)) expect(answer.body).toContain(`说了${place}号`)
  expect(answer.body).toContain('说了120号</textarea>')
  expect(answer.body.length).toBeLessThan(9000)
})

test('the key of a clause that is none stands in a form no longer than one that is', async () => {
  const said = places(60).map(
    (place) => `comments[${place}][clause]=${'p'.repeat(10_000)}&comments[${place}][body]=a`,
  )
  const answer = await post('/review', form, said.join('&'))
  expect(answer.statusCode).toBe(422)
  expect(answer.body.length).toBeLessThan(said.join('&').length)
})

test('the form of a long draft, mostly empty, is read to its last field', () => {
  const one = (place: number) =>
    ['clause', 'quote', 'body', 'wording'].map((name): [string, string] => [
      `comments[${place}][${name}]`,
      name === 'clause' ? 'p' : '',
    ])
  const sent = new URLSearchParams([...places(400).flatMap(one), ['name', '张三'] as [string, string]])
  expect(readFields(sent.toString())).toMatchObject({ name: '张三', comments: { 399: { clause: 'p' } } })
})
