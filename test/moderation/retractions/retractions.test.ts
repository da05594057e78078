import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../db/open.ts'
import {
  answerCorrections,
  comments,
  log,
  officeVersions,
  outcomeRows,
  retractedTexts,
  retractions,
} from '../../../db/schema/index.ts'
import { buildApp } from '../../../server/app.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { allText } from '../../documents/papers/read-back.ts'
import { slug } from '../../office/consultations/conducting.ts'
import { type Everything, everything, opened, states } from '../../public/everything.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { name, plantEverywhere } from './planted.ts'
import { everyAddress, holding } from './seen.ts'

let portal: TestPortal
let other: { app: FastifyInstance; close(): Promise<void> }
let all: Everything
let addresses: string[]
let moderator: SignedIn
let drafter: SignedIn

/** A second node on the same database. */
async function anotherNode(): Promise<typeof other> {
  const db = await openDatabase({ url: portal.deps.config.databaseUrl })
  const app = await buildApp({ ...portal.deps, db }, { strictViews: true })
  await app.ready()
  return {
    app,
    close: async () => {
      await app.close()
      await db.close()
    },
  }
}

beforeAll(async () => {
  portal = await buildTestApp({ now: opened })
  all = await everything(portal)
  for (const [, enter] of states) await enter(all)
  await plantEverywhere(all)
  other = await anotherNode()
  addresses = await everyAddress(all)
  moderator = await signIn(portal, 'moderator')
  drafter = await signIn(portal, 'drafter', 'approver')
}, 60_000)
afterAll(async () => {
  await other.close()
  await portal.close()
})

const base = `/consultations/${slug}`
const inPublic = [
  '/',
  base,
  ...['notice', 'outcome', 'annotated', 'comments', 'clauses/p3'].map((page) => `${base}/${page}`),
]

async function madePaper(fields: Record<string, string>): Promise<string> {
  await drafter.get(`/office/${slug}/papers`)
  const { headers, statusCode, body } = await drafter.post(`/office/${slug}/jobs`, fields)
  expect(statusCode, body).toBe(303)
  return String(headers.location)
}

async function paperText(job: string): Promise<string> {
  for (let turn = 0; turn < 3000; turn++) {
    const file = await drafter.get(`${job}/file`)
    if (file.statusCode === 200) return allText('x.zip', file.rawPayload)
    await wait(50)
  }
  return expect.unreachable('the paper was never made')
}

describe('a name that stands in everything that the public reads', { shuffle: false }, () => {
  const papers: string[] = []

  test('is found before', async () => {
    for (const { app } of [portal, other]) {
      const found = await holding(app, addresses, name)
      expect(found).toEqual(expect.arrayContaining(inPublic))
      for (const file of [
        'comments.csv',
        'comments.json',
        'comments.jsonld',
        'feed.atom',
        'draft.docx',
        'draft.txt',
        'draft.json',
        'draft.akn.xml',
        'rounds/1/compare/2',
        'rounds/1/compare/2/table.docx',
        `comments/${all.comment}`,
        'outcome?edition=1',
      ]) {
        expect(found, file).toContain(`${base}/${file}`)
      }
    }
    papers.push(await madePaper({ kind: 'archive', format: 'zip', scope: 'public' }))
    papers.push(await madePaper({ kind: 'summary', format: 'docx', scope: 'internal' }))
    for (const paper of papers) expect(await paperText(paper)).toContain(name)
  }, 300_000)

  test('is nowhere from the answer to the moderator on, on neither node', async () => {
    const consultation = /<option value="([\da-f-]+)"/.exec(
      (await moderator.get('/moderation/retractions')).body,
    )?.[1]
    const fields = { consultation, words: name, cause: 'personal' }
    const asked = await moderator.post('/moderation/retractions', fields)
    const answer =
      asked.statusCode === 422
        ? await moderator.post('/moderation/retractions', {
            ...fields,
            places: /name="places" value="(\d+)"/.exec(asked.body)?.[1],
          })
        : asked
    expect(answer.statusCode, answer.body).toBe(303)
    for (const paper of papers) {
      const file = await drafter.get(`${paper}/file`)
      if (file.statusCode === 200) expect(await allText('x.zip', file.rawPayload)).not.toContain(name)
    }
    for (const { app } of [portal, other]) expect(await holding(app, addresses, name)).toEqual([])
  }, 300_000)

  test('is in no paper: they are made again, say why, and the files from before are gone', async () => {
    for (const paper of papers) {
      expect(await paperText(paper)).not.toContain(name)
      const { body } = await drafter.get(paper)
      expect(body).toContain('这份文件作废重做')
      expect(body).not.toContain(name)
    }
    const folder = join(portal.deps.config.dataDir, 'papers')
    expect(readdirSync(folder).filter((file) => !/\.\d+$/.test(file))).toEqual([])
    for (const kind of ['report.docx', 'adoption.csv', 'summary.csv']) {
      const scope = kind === 'summary.csv' ? 'internal' : 'public'
      const file = await drafter.get(`/office/${slug}/papers/${kind}?scope=${scope}`)
      expect(await allText(kind, file.rawPayload), kind).not.toContain(name)
    }
  }, 300_000)

  test('leaves a note in each edition, which does not repeat it', async () => {
    for (const edition of [1, 2]) {
      const { body } = await portal.app.inject(`${base}/outcome?edition=${edition}`)
      expect(body).toContain('本版有内容不宜公开')
    }
    const report = await drafter.get(`/office/${slug}/papers/report.docx?scope=public`)
    expect(await allText('x.docx', report.rawPayload)).toContain('本版有内容不宜公开')
  })

  test('stands in the database only where it is sealed, and in the comment that waits', async () => {
    const rows = [
      ...(await portal.db.query.select().from(retractions)),
      ...(await portal.db.query.select().from(retractedTexts)),
      ...(await portal.db.query.select().from(outcomeRows)),
      ...(await portal.db.query.select().from(log)),
      ...(await portal.db.query.select().from(officeVersions)),
      ...(await portal.db.query.select().from(answerCorrections)),
    ]
    expect(JSON.stringify(rows)).not.toContain(name)
    const [comment] = await portal.db.query.select().from(comments).where(eq(comments.publicId, all.comment))
    expect([comment?.state, comment?.body.includes(name)]).toEqual(['pending', true])
  })

  test('has a record: how long, where, how often it was fetched, who hid it', async () => {
    const [done] = await portal.db.query.select().from(retractions)
    const address = `/moderation/retractions/${done?.id}`
    const { body } = await moderator.get(address)
    expect(body).not.toContain(name)
    expect(body).toContain(`${moderator.name} 隐去`)
    expect(body).toContain('最早自 2026-11-22 08:00 公开，到隐去时 40 天')
    expect(body).toMatch(new RegExp(`comments/${all.comment}</code></td><td>[1-9]`))
    for (const place of [
      '意见',
      '答复',
      '征求意见公告',
      '起草说明',
      '更正',
      '延期说明',
      '修改说明',
      '意见采纳情况表',
      '征求意见稿的条款',
    ]) {
      expect(body, place).toContain(`<th scope="row">${place}</th>`)
    }
    expect((await moderator.post(`${address}/words`, {})).body).toContain(name)
    const entries = (await portal.db.query.select().from(log)).filter(({ subject }) => subject === done?.id)
    expect(entries.map(({ act, staffId }) => [act, staffId])).toEqual([
      ['retraction.make', moderator.id],
      ['retraction.view_words', moderator.id],
    ])
    const auditor = await signIn(portal, 'auditor')
    expect((await auditor.get(address)).statusCode).toBe(200)
    expect((await auditor.post(`${address}/words`, {})).statusCode).toBe(403)
    const unconcerned = await signIn(portal, 'drafter')
    expect((await unconcerned.get(address)).statusCode).toBe(403)
  })

  test('and its comment is published again without it by the usual moderation', async () => {
    const address = `/moderation/comments/${all.comment}`
    const page = await moderator.get(`/moderation?comment=${all.comment}`)
    expect(page.body).toContain('误公开处置：涉及个人信息')
    const decision = { admission: 'admitted', publication: 'published', version: '1' }
    expect((await moderator.post(`${address}/decision`, decision)).statusCode).toBe(303)
    const { body } = await portal.app.inject(`${base}/comments/${all.comment}`)
    expect(body).toContain('▇▇（个人信息）')
    for (const { app } of [portal, other]) expect(await holding(app, addresses, name)).toEqual([])
  }, 300_000)
})

test('the log in the files holds no word of it', () => {
  const folder = portal.deps.config.dataDir
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  const holding = files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(name))
  expect(holding.map((file) => file.name)).toEqual([])
})
