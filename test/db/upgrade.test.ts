import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { isAllTakenUp } from '../../db/queries/evidence/digests.ts'
import {
  comments,
  concerns,
  officeVersions,
  outcomeDrafts,
  procedureSteps,
  responses,
  responseTemplates,
  revisedWordings,
  settings,
  themes,
  unitOpinions,
} from '../../db/schema/index.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { openPortal, wrongKey } from '../../server/open-portal.ts'
import { isPublicId } from '../../server/rules/comments/publication-places.ts'
import { shanghaiDay } from '../../server/rules/days.ts'
import { portalCommand } from '../cli/portal-command.ts'
import { strict } from '../jobs/doing.ts'
import { codeOf, StaffBrowser } from '../staff.ts'
import { type Content, contentOf } from './upgrades/content.ts'
import { fixtureVersions } from './upgrades/fixture.ts'
import { upgraded } from './upgrades/upgraded.ts'

test('there is a database of the first version', () => {
  expect(fixtureVersions()).toContain('0.1.0')
})

describe.each(fixtureVersions())('a database of %s, brought up to date', (version) => {
  let portal: Awaited<ReturnType<typeof upgraded>>
  let found: Content
  beforeAll(async () => {
    portal = await upgraded(version)
    found = await contentOf(portal.db)
  })
  afterAll(() => portal.close())

  test('holds every comment, decision, log entry and file, and no fewer rows in any table', () => {
    const { rows: before, ...known } = portal.facts.content
    const { rows, ...content } = found
    expect(known.comments.length).toBeGreaterThan(200)
    expect(content).toEqual(known)
    expect(Object.entries(before).filter(([table, count]) => !((rows[table] ?? 0) >= count))).toEqual([])
  })

  test('has the first version of all that the office had written, as it stands', async () => {
    const { query } = portal.db
    const versions = await query.select().from(officeVersions)
    const standing = [
      ...(await query.select().from(responses)).map(({ id, outcome, reason, summary }) => [
        ...['answer', id],
        { outcome, reason, summary },
      ]),
      ...(await query.select().from(responseTemplates)).map(({ id, name, outcome, reason }) => [
        ...['template', id],
        { name, outcome, reason },
      ]),
      ...(await query.select().from(themes)).map(({ id, name, words, clause }) => [
        ...['theme', id],
        { name, words, clause },
      ]),
      ...(await query.select().from(concerns)).map(({ id, sentence, clause, themeId, departmentId }) => [
        ...['concern', id],
        { sentence, clause, theme: themeId, department: departmentId },
      ]),
      ...(await query.select().from(outcomeDrafts)).map(({ report }) => ['report', 'report', { report }]),
      ...(await query.select().from(unitOpinions)).map((one) => [
        ...['unit_reply', one.id],
        {
          reply: one.reply,
          repliedOn: one.repliedOn,
          unitPosition: one.unitPosition,
          officePosition: one.officePosition,
          unresolved: one.unresolved,
        },
      ]),
      ...(await query.select().from(procedureSteps)).map(({ id, step, heldOn, documentNumber, note }) => [
        ...['step', id],
        { step, heldOn, documentNumber, note },
      ]),
      ...(await query.select().from(revisedWordings)).map(({ round, clause, text, reason }) => [
        ...['wording', `${round}-${clause}`],
        { text, reason, comments: expect.any(Array) },
      ]),
    ]
    expect(new Set(standing.map(([kind]) => kind)).size).toBe(7)
    expect(versions.map(({ kind, row, said }) => [kind, row, said])).toEqual(expect.arrayContaining(standing))
    expect(versions.map(({ revision }) => revision)).toEqual(standing.map(() => 1))
  })

  test('is opened by the key that sealed it, and from then on by no other', async () => {
    const own = await upgraded(version)
    onTestFinished(() => own.close())
    const { db, deps } = own
    const checks = () => db.query.$count(settings, eq(settings.key, 'secret-key'))
    const startWith = async (secretKey: Buffer) => {
      const started = await openPortal({ ...deps.config, secretKey })
      await started.db.close()
    }
    const another = Buffer.alloc(32, 9)
    await expect(startWith(another)).rejects.toThrow(wrongKey)
    expect(await checks()).toBe(0)
    await startWith(deps.config.secretKey)
    expect(await checks()).toBe(1)
    await expect(startWith(another)).rejects.toThrow(wrongKey)
  })

  test('shows every receipt, with its comments, to whoever types its code', async () => {
    const { receipts, content } = portal.facts
    await Promise.all(
      receipts.map(async ({ number, code }) => {
        const asked = { method: 'POST', url: '/receipts', payload: { code } } as const
        const { statusCode, body } = await portal.app.inject(asked)
        expect([statusCode, body.includes(number)], number).toEqual([200, true])
        const sent = content.comments.filter(({ receipt }) => receipt === number)
        for (const comment of sent) expect(body).toContain(comment.body)
      }),
    )
  })

  test('stands the whole of portal verify: counters, texts, the log’s chain, files and both searches', async () => {
    const { databaseUrl, dataDir } = portal.deps.config
    const verified = await portalCommand(['verify'], { DATABASE_URL: databaseUrl, DATA_DIR: dataDir })
    expect(verified).toEqual({ code: 0, out: '核对无误\n', said: '' })
  })

  test('has all of it vouched for once the background has followed, and stands verify as before', async () => {
    const own = await upgraded(version)
    onTestFinished(() => own.close())
    while (await followOnce(own.deps, strict)) {}
    own.clock.now = new Date(own.clock.now.getTime() + 60_000)
    while (await followOnce(own.deps, strict)) {}
    expect(await isAllTakenUp(own.db)).toBe(true)
    const { databaseUrl, dataDir } = own.deps.config
    const verified = await portalCommand(['verify'], { DATABASE_URL: databaseUrl, DATA_DIR: dataDir })
    expect(verified).toEqual({ code: 0, out: '核对无误\n', said: '' })
  })

  test('gives each comment a public id that is chance, and the days on which it came and was published', async () => {
    const rows = await portal.db.query.select().from(comments)
    expect(new Set(rows.map((row) => row.publicId)).size).toBe(rows.length)
    expect(rows.filter((row) => !isPublicId(row.publicId) || row.publicId === row.id)).toEqual([])
    for (const row of rows) {
      expect(row.createdDay).toBe(shanghaiDay(row.createdAt))
      expect(row.publishedDay).toBe(row.publishedAt && shanghaiDay(row.publishedAt))
    }
  })

  test('lets everybody of the staff sign in, and hands out every paper that was made', async () => {
    const { staff, papers } = portal.facts
    expect(Math.min(staff.length, papers.length)).toBeGreaterThan(0)
    for (const member of staff) {
      const browser = new StaffBrowser(portal)
      await browser.get('/staff/sign-in')
      const { name, password } = member
      const code = codeOf({ id: '', ...member }, portal.clock.now)
      expect((await browser.post('/staff/sign-in', { name, password, code })).statusCode, name).toBe(303)
      if (member.role !== 'drafter') continue
      for (const { address, sha256 } of papers) {
        const { rawPayload } = await browser.get(address)
        expect(createHash('sha256').update(rawPayload).digest('hex')).toBe(sha256)
      }
    }
  })
})
