import { expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { openForm, sendForm } from '../forms.ts'
import { expectValid } from '../valid-html.ts'

let portal: TestPortal
sharedPortal(async () => {
  portal = await buildTestApp()
  return portal
})

const base = '/consultations/shanxi-laoqu'
const sentence = '推进特优农业提质增效。'
const other = '支持革命老区建设现代农业产业园，培育农业产业强镇、强村。'
/** What a comment may add to a form that has its clause already: its own fields, and what is wrong with them. */
const mostForAnother = 3_200

/** The form that comes back where each comment is too short and has no stance. */
async function refused(clauses: string[], besides: Record<string, string> = {}): Promise<string> {
  const { token = '' } = await openForm(portal.app, 'p3')
  const typed = clauses.flatMap((clause, place) => [
    [`comments[${place}][clause]`, clause],
    [`comments[${place}][body]`, '短'],
  ])
  const sent = await sendForm(portal.app, `${base}/submissions`, {
    ...Object.fromEntries(typed),
    ...{ token, ...besides },
  })
  expect(sent.statusCode).toBe(422)
  return sent.body
}

async function allClauses(): Promise<string[]> {
  const { body } = await portal.app.inject(`${base}/comments/new`)
  return [...body.matchAll(/ data-clause="(\w+)"/g)].map(([, key = '']) => key)
}

const partsOf = (html: string) => html.split('<fieldset class="part"').slice(1)
const listing = (html: string) =>
  partsOf(html).flatMap((part, place) => (part.includes(`value="${sentence}"`) ? [place] : []))

test('what a comment adds to a form that comes back does not hold the words of its clause again', async () => {
  const many = (count: number) => refused(Array(count).fill('p3'))
  const added = Buffer.byteLength(await many(60)) - Buffer.byteLength(await many(20))
  expect(added / 40).toBeLessThan(mostForAnother)
  const clauses = await allClauses()
  const spread = (times: number) => refused(Array<string[]>(times).fill(clauses).flat().slice(0, 60))
  const again = Buffer.byteLength(await spread(3)) - Buffer.byteLength(await spread(2))
  expect(again / (60 - 2 * clauses.length)).toBeLessThan(mostForAnother)
})

test('the first comments on a clause list its sentences, the rest keep what they quote', async () => {
  const html = await refused(Array(9).fill('p3'), { 'comments[7][quote]': other })
  expect(listing(html)).toEqual([0, 1, 2, 3, 4])
  const parts = partsOf(html)
  expect(parts[7]).toContain(`name="comments[7][quote]" value="${other}" checked>`)
  expect(parts[7]).toContain('name="comments[7][quote]" value="">')
  expect(parts[8]).toContain('name="comments[8][quote]" value="" checked>')
  expect(parts[8]).toContain('句子列在这一条的前几条意见里')
  await expectValid(html)
})

test('the comment that is asked for lists the sentences, however many there are', async () => {
  const typed = Array.from({ length: 9 }, (_, place) => [
    [`comments[${place}][clause]`, 'p3'],
    [`comments[${place}][body]`, '短'],
  ])
  const { body } = await sendForm(portal.app, `${base}/comments/new`, {
    ...Object.fromEntries(typed.flat()),
    again: 'p3',
  })
  expect(listing(body)).toEqual([0, 1, 2, 3, 4, 9])
})

test('each clause lists its own, wherever it stands', async () => {
  const clauses = await allClauses()
  const html = await refused([...Array<string>(9).fill('p7'), ...clauses])
  expect(listing(html)).toEqual([9 + clauses.indexOf('p3')])
})
