import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { concernsOf } from '../../../db/queries/points/concerns.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { themesOf } from '../../../db/queries/themes/themes.ts'
import { concerns, points, splits } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

/*
 * Every count of points and concerns that a page of the office shows is a link to a list of exactly so many: the pages are
 * walked, each such link followed to the end of its list, and the rows are counted.
 */

let portal: TestPortal
let drafter: SignedIn
let clerk: SignedIn
let consultation: Consultation
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await buildTestApp()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  drafter = await signIn(portal, 'drafter')
  clerk = await signIn(portal, 'department')
  const short = (count: number, clause: string, state = 'published') =>
    Array.from({ length: count }, (_, place) => ({
      ...amendment,
      clause,
      state,
      body: `请写明${clause}的第${place}项。`,
    }))
  const ids = await say(portal.db, consultation, [
    ...short(330, 'p7'),
    ...short(3, 'p8', 'withheld'),
    ...short(2, 'p8', 'refused'),
    ...short(1, 'draft'),
  ])
  const letters = await say(portal.db, consultation, [
    { ...amendment, body: '请写明期限。请修路。请通水。' },
    { ...amendment, clause: 'p8', body: '长'.repeat(500) },
  ])
  const long = await commentToSplit(portal.db, consultation.id, letters[1] ?? '')
  await portal.db.query.insert(splits).values({
    ...{
      commentId: long?.id ?? '',
      consultationId: consultation.id,
      state: 'waiting',
      length: 500,
      uncovered: 0,
    },
    ...{ before: null, staffId: null, updatedAt: portal.clock.now, revision: 1 },
    ...{ isOpen: true, unanswered: 0, outcome: null },
  })
  const at = `${office}/splits/${letters[0]}`
  for (const [sentence, clause] of ['p7', 'p8', 'p9'].entries()) {
    await drafter.get(at)
    const { revision } = (await commentToSplit(portal.db, consultation.id, letters[0] ?? ''))?.split ?? {}
    const sent = await drafter.post(`${at}/points`, { revision, sentence, clause, stance: 'amend' })
    expect(sent.statusCode, sent.body).toBe(303)
  }
  const gather = async (clause: string, sentence: string, comment: string[]) =>
    String(
      (await drafter.post(`${office}/concerns`, { sentence, clause, comment: comment.join() })).headers
        .location,
    )
  const many = await gather('p7', '写明各项', ids.slice(0, 105))
  await gather('p7', '写明另一项', ids.slice(105, 107))
  await gather('p8', '写明八条', ids.slice(330, 332))
  const answer = { outcome: 'adopted', reason: '已写明。', summary: '写明各项' }
  await drafter.post(`${office}/responses`, { ...answer, concern: many.split('/').at(-1) })
  await drafter.post(`${office}/responses`, { ...answer, comment: ids.slice(107, 329).join() })
  await drafter.post(`${office}/departments`, { name: '农业农村厅' })
  const [department] = await departmentsOf(portal.db, consultation.id)
  await drafter.post(`${office}/departments/${department?.id}/staff`, { member: clerk.name })
  await drafter.post(`${office}/departments/${department?.id}/clauses`, { clause: ['p7', 'p8'] })
  await giveOut(ids, letters[0] ?? '')
})

/** A second department and a theme have something of every way by which points come to be theirs. */
async function giveOut(ids: string[], letter: string) {
  await drafter.post(`${office}/themes`, { name: '期限' })
  await drafter.post(`${office}/departments`, { name: '财政厅' })
  await drafter.post(`${office}/departments`, { name: '水利厅' })
  const [theme] = await themesOf(portal.db, consultation.id)
  const departments = await departmentsOf(portal.db, consultation.id)
  const idOf = (name: string) => departments.find((one) => one.name === name)?.id ?? expect.unreachable()
  const [first, second] = (await commentToSplit(portal.db, consultation.id, letter))?.split.arrangement ?? []
  await drafter.post(`${office}/themes/tagging`, {
    into: theme?.id,
    comment: [...ids.slice(0, 8), ids[333], letter].join(),
  })
  const own = { themeId: theme?.id ?? '' }
  await portal.db.query
    .update(points)
    .set(own)
    .where(eq(points.id, first?.id ?? ''))
  await drafter.post(`${office}/departments/${idOf('财政厅')}/clauses`, { clause: 'p9' })
  await drafter.post(`${office}/departments/points`, {
    department: idOf('水利厅'),
    point: second?.id,
    comment: ids[329],
  })
  await drafter.post(`${office}/departments/comments`, { department: idOf('财政厅'), comment: letter })
  const [gathered] = (await concernsOf(portal.db, consultation.id)).filter(({ clause }) => clause === 'p8')
  await portal.db.query
    .update(concerns)
    .set({ departmentId: idOf('水利厅'), ...own })
    .where(eq(concerns.id, gathered?.id ?? ''))
}
afterAll(() => portal.close())

const unescaped = (text: string) => text.replaceAll('&amp;', '&')

/** The links of a page whose words are a count of points or concerns. */
function countedLinks(body: string): { href: string; count: number }[] {
  return [...body.matchAll(/<a\b([^>]*)href="([^"]+)"([^>]*)>(.*?)<\/a>/gs)].flatMap(
    ([, before, href = '', behind, words = '']) => {
      const label = /aria-label="([^"]*)"/.exec(`${before}${behind}`)?.[1]
      const said = (label ?? words.replace(/<[^>]*>/g, '')).replace(/\s+/g, ' ').trim()
      const [, ofStance] = /points\?.*stance=/.test(href) ? (/ (\d+)$/.exec(said) ?? []) : []
      if (ofStance) return [{ href: unescaped(href), count: Number(ofStance) }]
      const [, count] =
        /(\d+) 条具体意见/.exec(said) ?? /(?:具体意见|归并意见|待梳理的意见) ?(\d+) 条/.exec(said) ?? []
      const isMeant = count !== undefined || /待梳理（(\d+)）/.test(said)
      return isMeant
        ? [{ href: unescaped(href), count: Number(count ?? /待梳理（(\d+)）/.exec(said)?.[1]) }]
        : []
    },
  )
}

/** How many rows of what it counts a page of the list has. */
function rowsOn(href: string, body: string): number {
  const { pathname, hash } = new URL(href, 'http://x')
  const matches = (within: string, row: RegExp) => (within.match(row) ?? []).length
  if (pathname.endsWith('/points')) return matches(body, /class="read-comment listed-point"/g)
  if (pathname.endsWith('/concerns') || pathname.endsWith('/splits'))
    return matches(body, /<th scope="row">/g)
  if (/\/splits\/[^/]+$/.test(pathname)) return matches(body, /data-kind="point"/g)
  const [, part = ''] = new RegExp(`id="${hash.slice(1)}"(.*?)</(section|details)>`, 's').exec(body) ?? []
  if (hash === '#gathered') return matches(part, /class="read-comment listed-point"|<li><span class="long">/g)
  if (hash === '#answered')
    return [...part.matchAll(/<li>(.*?)<\/li>/gs)].reduce(
      (sum, [, row = '']) => sum + Number(/(\d+) 条相同/.exec(row)?.[1] ?? 1),
      0,
    )
  throw new Error(`nothing is known of the rows of ${href}`)
}

async function rowsBehind(who: SignedIn, href: string): Promise<number> {
  const page = await who.get(href.replace(/#.*/, ''))
  expect(page.statusCode, href).toBe(200)
  const next = /rel="next" href="([^"]+)"/.exec(page.body)?.[1]
  const { hash } = new URL(href, 'http://x')
  const here = rowsOn(href, page.body)
  return next ? here + (await rowsBehind(who, `${unescaped(next).replace(/#.*/, '')}${hash}`)) : here
}

/** The kinds of lists to which a count leads, so that none is forgotten. */
const kindOf = (href: string) => href.replace(/[0-9a-f-]{36}(\.whole)?/g, '*').replace(/=[^&]+/g, '=*')

async function walked(who: SignedIn, pages: string[]) {
  const found = new Map<string, number>()
  for (const page of pages) {
    const { statusCode, body } = await who.get(page)
    expect(statusCode, page).toBe(200)
    for (const { href, count } of countedLinks(body)) {
      const from = href.startsWith('#') ? `${page}${href}` : href
      expect(found.get(from) ?? count, `${from} is said to be of so many on ${page} as before`).toBe(count)
      found.set(from, count)
    }
  }
  for (const [href, count] of found) expect(await rowsBehind(who, href), href).toBe(count)
  return new Set([...found.keys()].map(kindOf))
}

const idsIn = (body: string, list: string) => [
  ...new Set(
    [...body.matchAll(new RegExp(`href="([^"]*/${list}/[\\w.-]+)["#]`, 'g'))].map(([, at = '']) => at),
  ),
]

test('every count of points and concerns leads to exactly that many', async () => {
  const concerns = idsIn((await drafter.get(`${office}/concerns`)).body, 'concerns')
  const responses = idsIn((await drafter.get(`${office}/responses`)).body, 'responses')
  const read = await drafter.get(`${office}/comments?answered=all&clause=p7`)
  const narrowed = [
    ...(await drafter.get(`${office}/points`)).body.matchAll(/href="([^"]*(?:theme|department)=[^"]*)"/g),
  ].map(([, at = '']) => unescaped(at))
  expect(narrowed).toHaveLength(4)
  const pages = [
    ...['/points', '/points?clause=p8&concern=some', '/concerns', '/splits', '/responses?state=draft'],
    ...['/comments?answered=all&clause=p7', '/comments?answered=all&clause=p8', '/themes', '/departments'],
  ].map((path) => `${office}${path}`)
  const parted = idsIn(read.body, 'splits').slice(0, 2)
  expect(concerns).toHaveLength(3)
  expect(await walked(drafter, [...pages, ...narrowed, ...concerns, ...responses, ...parted])).toEqual(
    new Set([
      `${office}/points?clause=*&concern=*&answered=*`,
      `${office}/points?clause=*&stance=*&concern=*&answered=*`,
      `${office}/points?theme=*&concern=*&answered=*`,
      `${office}/points?theme=*&stance=*&concern=*&answered=*`,
      `${office}/points?department=*&concern=*&answered=*`,
      `${office}/points?department=*&stance=*&concern=*&answered=*`,
      `${office}/concerns?clause=*`,
      `${office}/concerns/*#gathered`,
      `${office}/responses/*#answered`,
      `${office}/splits`,
      `${office}/splits/*`,
    ]),
  )
})

test('a department follows the count of a concern to all its points', async () => {
  const kinds = await walked(clerk, [`${office}/assignments`])
  expect([...kinds]).toEqual([expect.stringMatching(/assignments\/.*#gathered$/)])
})
