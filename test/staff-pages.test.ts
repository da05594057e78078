import { eq } from 'drizzle-orm'
import Fastify from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { attachments, comments, departmentStaff, endorsements, submissions } from '../db/schema/index.ts'
import { admin } from '../server/admin/index.ts'
import { moderation } from '../server/moderation/index.ts'
import { office } from '../server/office/index.ts'
import { seedSlug } from '../server/seed.ts'
import { fixtureVersions } from './db/upgrades/fixture.ts'
import { upgraded } from './db/upgrades/upgraded.ts'
import { allText } from './documents/papers/read-back.ts'
import { choosing, follow, isStaffs, linkedFrom } from './links.ts'
import { formFields } from './public/forms.ts'
import { codeOf, StaffBrowser } from './staff.ts'

/* Every page and file of the staff's workspaces on a database in which no table is empty, followed link by link. */

const workspaces = { '/moderation': moderation, '/office': office, '/admin': admin }
/** Of pages that differ in no more than what they are about so many are looked at. */
const mostAlike = 3

let portal: Awaited<ReturnType<typeof upgraded>>
/** What tells when something came in, and beside what. */
let innerIds: Set<string>
/** Everybody of the staff, signed in, by what each may do. */
const browsers: { role: string; browser: StaffBrowser }[] = []
/** What was opened. */
const opened = new Set<string>()
const openedFiles = new Set<string>()
/** The letter of a department, where it and where the office takes it away. */
let letters: string[]
/** Where an inner id stood. */
const found: string[] = []

beforeEach(() => {
  found.length = 0
})
beforeAll(async () => {
  portal = await upgraded(fixtureVersions().at(-1) ?? '')
  const tables = [comments, attachments, endorsements, submissions]
  const rows = await Promise.all(tables.map((table) => portal.db.query.select({ id: table.id }).from(table)))
  innerIds = new Set(rows.flat().map(({ id }) => id))
  for (const member of portal.facts.staff) {
    browsers.push({ role: member.role, browser: await signedIn(member) })
  }
  await gatherOne()
  letters = await answerForDepartment()
})
afterAll(() => portal.close())

/** Nor that a department confirms what it answers by a letter. */
async function answerForDepartment(): Promise<string[]> {
  const of = (role: string) =>
    browsers.find((one) => one.role === role)?.browser ?? expect.unreachable('the database has them')
  const [clerk, drafter] = [of('department'), of('drafter')]
  const list = `/office/${seedSlug}/assignments`
  const address = /href="([^"]*\/assignments\/[^"/]+\/[^"#]+)/.exec((await clerk.get(list)).body)?.[1] ?? ''
  await clerk.get(address)
  const said = { outcome: 'explained', reason: '见专项规划。', revision: 0, submit: 'yes' }
  expect((await clerk.post(`${address}/reply`, said)).statusCode).toBe(303)
  const [member] = await portal.db.query.select().from(departmentStaff)
  const staff = `/office/${seedSlug}/departments/${member?.departmentId}/staff`
  await drafter.get(`/office/${seedSlug}/departments`)
  await drafter.post(`${staff}/head`, { member: member?.staffId, head: 'yes' })
  await clerk.get(address)
  const scan = { name: '函件.pdf', content: Buffer.from('%PDF') }
  const letter = { letter_number: '晋农函〔2026〕5号', letter_on: '2026-11-24' }
  expect((await clerk.send(`${address}/reply/confirmation`, scan, letter)).statusCode).toBe(303)
  const file = /href="([^"]+\/letters\/[^"]+)"/.exec((await clerk.get(address)).body)?.[1] ?? ''
  return [file, `${staff.replace('/staff', '')}/letters/${file.split('/').at(-1)}`]
}

/** The last version knew no concerns. */
async function gatherOne(): Promise<void> {
  const drafter = browsers.find(({ role }) => role === 'drafter')?.browser
  const [shown] = await portal.db.query
    .select({ publicId: comments.publicId, clause: comments.clause })
    .from(comments)
    .where(eq(comments.state, 'published'))
  if (!drafter || !shown) return expect.unreachable('the database has both')
  await drafter.get(`/office/${seedSlug}/points`)
  const asked = { sentence: '建议写明时限', clause: shown.clause, comment: shown.publicId }
  expect((await drafter.post(`/office/${seedSlug}/concerns`, asked)).statusCode).toBe(303)
}

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

type Answer = Awaited<ReturnType<StaffBrowser['get']>>

/** Looks for inner ids in all that an answer says, the parts of a packed file included. */
async function look(address: string, { headers, rawPayload, body }: Answer): Promise<void> {
  const isPacked = rawPayload.subarray(0, 2).toString() === 'PK'
  const text = isPacked ? await allText('x.zip', rawPayload) : body
  const said = `${address}\n${JSON.stringify(headers)}\n${text}`
  const ids = (said.match(uuids) ?? []).filter((id) => innerIds.has(id))
  if (ids.length > 0) found.push(`${address}: ${ids.length}, the first ${ids[0]}`)
}

/** Follows every link of the workspaces from where they begin. A file is the same whoever opens it. */
async function followAll(browser: StaffBrowser, alsoBegunAt: string[]): Promise<void> {
  const isNew = choosing(mostAlike)
  await follow([...Object.keys(workspaces), ...alsoBegunAt], (address) => browser.get(address), {
    isOurs: isStaffs,
    isChosen: (address) => !openedFiles.has(address) && isNew(address),
    look: async (address, answer) => {
      if (answer.statusCode < 400) opened.add(address.split('?', 1)[0] ?? '')
      if (answer.statusCode === 200 && !linkedFrom(answer).some(isStaffs)) openedFiles.add(address)
      // What an earlier version made stays as it was made.
      if (!portal.facts.papers.some((paper) => paper.address === address)) await look(address, answer)
    },
  })
}

async function signedIn(member: (typeof portal.facts.staff)[number]): Promise<StaffBrowser> {
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/sign-in')
  const { name, password } = member
  const code = codeOf({ id: '', ...member }, portal.clock.now)
  const { statusCode } = await browser.post('/staff/sign-in', { name, password, code })
  expect([name, statusCode]).toEqual([name, 303])
  return browser
}

/** The GET routes of the workspaces that nobody has opened. */
async function unopened(): Promise<string[]> {
  const routes: string[] = []
  const app = Fastify()
  app.addHook('onRoute', ({ method, url }) => {
    if (method === 'GET') routes.push(url)
  })
  for (const [prefix, workspace] of Object.entries(workspaces)) {
    await app.register(workspace, { ...portal.deps, prefix })
  }
  await app.ready()
  const patterns = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`),
  }))
  const routeOf = (address: string) =>
    routes.find((route) => route === address) ?? patterns.find(({ pattern }) => pattern.test(address))?.route
  const known = new Set([...opened].map(routeOf))
  return routes.filter((route) => !known.has(route))
}

/** Last, since it has every paper made again. */
async function lookAtRetraction(): Promise<void> {
  const [shown] = await portal.db.query
    .select({ publicId: comments.publicId })
    .from(comments)
    .where(eq(comments.state, 'published'))
  const moderator = browsers.find(({ role }) => role === 'moderator')?.browser
  if (!shown || !moderator) return expect.unreachable('the database has both')
  await moderator.get('/moderation/retractions')
  const asked = { comment: shown.publicId, cause: 'personal' }
  const record = String((await moderator.post('/moderation/retractions', asked)).headers.location)
  for (const address of [record, '/moderation/retractions']) {
    opened.add(address)
    await look(address, await moderator.get(address))
  }
}

test('no page and no file that staff open holds an id that tells when something came in', async () => {
  const [withFile] = await portal.db.query
    .select({ publicId: comments.publicId })
    .from(comments)
    .innerJoin(attachments, eq(attachments.submissionId, comments.submissionId))
  const scripts = ['comments.csv', 'comments.xlsx'].map(
    (name) => `/office/${seedSlug}/${name}?scope=internal`,
  )
  const begun = [`/moderation?comment=${withFile?.publicId}`, ...letters, ...scripts]
  for (const { browser } of browsers) await followAll(browser, begun)
  await lookAtRetraction()
  expect(await unopened()).toEqual([])
  expect(found).toEqual([])
}, 600_000)

test('nor does what answers a moderator’s acts, with script and without', async () => {
  const moderator = browsers.find(({ role }) => role === 'moderator')?.browser
  if (!moderator) return expect.unreachable('the database has moderators')
  for (const [headers, decided] of [[{}, 303] as const, [{ 'hx-request': 'true' }, 200] as const]) {
    const { body: page } = await moderator.get('/moderation')
    const address = /action="(\/moderation\/comments\/[^/"]+)\/decision/.exec(page)?.[1]
    const publish = { ...formFields(page), admission: 'admitted', publication: 'published' }
    const acts: [string, object][] = [
      [`${address}/claim`, {}],
      [`${address}/decision`, {}],
      [`${address}/redactions`, {}],
      [`${address}/redactions`, { text: '县', kind: 'other', revision: '0' }],
      [`${address}/confirmation`, {}],
      [`${address}/reopening`, {}],
      [`${address}/decision`, publish],
      [`${address}/decision`, publish],
      [`${address}/original`, {}],
      ['/moderation/bulks', {}],
    ]
    const statuses: number[] = []
    for (const [to, fields] of acts) {
      const answer = await moderator.post(to, fields, headers)
      statuses.push(answer.statusCode)
      await look(to, answer)
    }
    expect(statuses.slice(6, 8)).toEqual([decided, 409])
  }
  expect(found).toEqual([])
})
