import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq, isNotNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { idAt } from '../../db/id-at.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { fileNameOf } from '../../db/queries/papers/jobs.ts'
import { finishJob } from '../../db/queries/papers/making.ts'
import type { ToRetract } from '../../db/queries/retractions/held-words.ts'
import { textPlace, wordsPlace } from '../../db/queries/retractions/retraction-records.ts'
import { retract } from '../../db/queries/retractions/retractions.ts'
import { submit } from '../../db/queries/submissions/submissions.ts'
import { resealed, turnTo } from '../../db/queries/upkeep/key-rotation.ts'
import {
  jobs,
  log,
  retractedTexts,
  retractions,
  settings,
  staff,
  submissions,
} from '../../db/schema/index.ts'
import { createSeals, UnknownKey } from '../../db/sealing/sealed.ts'
import { sealingKey } from '../../db/sealing/sealing-key.ts'
import { buildApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { openPortal, wrongKey } from '../../server/open-portal.ts'
import { seedSlug } from '../../server/seed.ts'
import { aSubmission } from '../db/upgrades/citizens.ts'
import { fixtureVersions } from '../db/upgrades/fixture.ts'
import { upgraded } from '../db/upgrades/upgraded.ts'
import { keysInUse, openEverySeal } from '../every-seal.ts'
import { meanwhile } from '../meanwhile.ts'
import { codeOf, StaffBrowser } from '../staff.ts'
import { portalCommand } from './portal-command.ts'

const newKey = Buffer.alloc(32, 8)
const oldId = sealingKey(Buffer.alloc(32, 7)).id
const newId = sealingKey(newKey).id

let portal: Awaited<ReturnType<typeof upgraded>>
beforeEach(async () => {
  portal = await upgraded(fixtureVersions()[0] ?? '')
  await addRetraction()
})
afterEach(() => portal.close())

/** What the first version did not seal yet. */
async function addRetraction(): Promise<void> {
  const { db, deps } = portal
  const [submission] = await db.query.select().from(submissions).limit(1)
  const [member] = await db.query.select().from(staff).limit(1)
  const [id, consultationId, staffId] = [idAt(deps.now()), submission?.consultationId ?? '', member?.id ?? '']
  const words = deps.seals.seal('朱小明', wordsPlace(id))
  const sealed = deps.seals.seal('联系人朱小明', textPlace(id, 0))
  const made = { id, consultationId, staffId, words, cause: 'personal', fetched: [], createdAt: deps.now() }
  await db.query.insert(retractions).values(made)
  await db.query
    .insert(retractedTexts)
    .values({ retractionId: id, position: 0, place: 'notice', row: consultationId, sealed })
}

type Keys = { SECRET_KEY?: string; NEW_SECRET_KEY?: string }
const settingsWith = (keys: Keys) => {
  const { databaseUrl, dataDir } = portal.deps.config
  return { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, LOG_LEVEL: 'silent', RATE_LIMITS: 'off', ...keys }
}
const [old, anew] = [Buffer.alloc(32, 7), newKey].map((key) => key.toString('base64'))
const rotate = (keys: Keys) =>
  portalCommand(['keys', 'rotate'], { SECRET_KEY: undefined, ...settingsWith(keys) })

/** A node that starts now. */
async function aNode(keys: Keys) {
  const deps = await openPortal(readConfig(settingsWith(keys)))
  const now = () => portal.clock.now
  const app = await buildApp({ ...deps, now }, { strictViews: true })
  const close = async () => {
    await app.close()
    await deps.db.close()
  }
  onTestFinished(close)
  return { ...portal, deps: { ...deps, now }, db: deps.db, app }
}

/** What only the keys can open: some receipts by their codes, a second factor, papers, and every sealed value. */
async function opensAll(node: Awaited<ReturnType<typeof aNode>>): Promise<number> {
  const { receipts, staff: members, papers } = portal.facts
  for (const { number, code } of receipts.filter((_, place) => place % 20 === 0)) {
    const shown = await node.app.inject({ method: 'POST', url: '/receipts', payload: { code } })
    expect([shown.statusCode, shown.body.includes(number)], number).toEqual([200, true])
  }
  for (const { name, password, totpSecret } of members.filter(({ role }) => role === 'drafter')) {
    const browser = new StaffBrowser(node)
    await browser.get('/staff/sign-in')
    portal.clock.now = new Date(portal.clock.now.getTime() + 60_000)
    const code = codeOf({ id: '', name, totpSecret }, portal.clock.now)
    expect((await browser.post('/staff/sign-in', { name, password, code })).statusCode, name).toBe(303)
    for (const { address, sha256 } of papers) {
      const { rawPayload } = await browser.get(address)
      expect(createHash('sha256').update(rawPayload).digest('hex'), address).toBe(sha256)
    }
  }
  return openEverySeal(node.db, node.deps.seals)
}

const submission = (consultationId: string, body: string) => ({
  ...aSubmission(consultationId, body),
  contact: '13800138000',
})
const consultationIn = async ({ db }: Pick<Dependencies, 'db'>) => {
  const [row] = await db.query.select({ id: submissions.consultationId }).from(submissions).limit(1)
  return row?.id ?? ''
}

describe('a key that lies beside the data', () => {
  const file = () => join(portal.deps.config.dataDir, 'secret-key')
  beforeEach(() => writeFileSync(file(), `${old}\n`))

  test('is rotated while a node serves, which learns the new one; in the end nothing is sealed with the old one', async () => {
    const serving = await aNode({})
    const [before, sealed] = [await keysInUse(portal.db), await opensAll(serving)]
    expect(before['submissions.name']).toEqual(['1'])
    const { code, out, said } = await rotate({})
    expect([code, said]).toEqual([0, ''])
    const id = createSeals(Buffer.from(readFileSync(file(), 'utf8'), 'base64')).key.id
    expect(out).toContain(`现在全部用密钥 ${id} 加密，本次重新加密 ${sealed + portal.facts.papers.length} 处`)
    const after = Object.entries(before).map(([place]) => [place, [id]])
    expect(await keysInUse(portal.db)).toEqual(Object.fromEntries(after))
    expect(existsSync(`${file()}.next`)).toBe(false)
    expect(readFileSync(file(), 'utf8')).not.toContain(old)
    expect(await opensAll(serving)).toBe(sealed)
    expect(await opensAll(await aNode({}))).toBe(sealed)
    await expect(openPortal(readConfig(settingsWith({ SECRET_KEY: old })))).rejects.toThrow(wrongKey)
    const acts = await portal.db.query.select().from(log).where(eq(log.subject, 'secret-key'))
    expect(acts).toMatchObject([
      { act: 'keys.rotate', staffId: null, detail: { to: id } },
      { act: 'keys.finish_rotation', detail: { broken: 0 } },
    ])
  })

  test('is rotated for a paper too that had to be made again', async () => {
    const { db, deps } = portal
    const [job] = await db.query.select().from(jobs).where(eq(jobs.state, 'done')).limit(1)
    if (!job) return expect.unreachable('there is no paper')
    const again = { ...job, remadeAt: deps.now() }
    const pathOf = (one: typeof job) => join(deps.config.dataDir, 'papers', fileNameOf(one))
    await db.query.update(jobs).set({ remadeAt: again.remadeAt }).where(eq(jobs.id, job.id))
    renameSync(pathOf(job), pathOf(again))
    expect(await rotate({})).toMatchObject({ code: 0, said: '' })
    await opensAll(await aNode({}))
  })

  test('is rotated again and again, and receipts are still found by the codes of the first', async () => {
    for (const _ of [1, 2, 3]) expect(await rotate({})).toMatchObject({ code: 0, said: '' })
    await opensAll(await aNode({}))
  })

  test('is kept once more where the command ended before it had put the new one in its place', async () => {
    expect(await rotate({})).toMatchObject({ code: 0 })
    const made = readFileSync(file(), 'utf8')
    writeFileSync(`${file()}.next`, made)
    writeFileSync(file(), `${old}\n`)
    await opensAll(await aNode({}))
    expect(await rotate({})).toMatchObject({ code: 0, said: '' })
    expect(readFileSync(file(), 'utf8')).toBe(made)
    expect(existsSync(`${file()}.next`)).toBe(false)
  })

  test('is rotated although a value was damaged, which stays as it is and is told', async () => {
    const [row] = await portal.db.query.select().from(submissions).where(isNotNull(submissions.name)).limit(1)
    const damaged = { name: `${row?.name?.slice(0, -4)}AAAA` }
    await portal.db.query
      .update(submissions)
      .set(damaged)
      .where(eq(submissions.id, row?.id ?? ''))
    const { code, said } = await rotate({})
    expect([code, said]).toEqual([0, '1 处密文用现有的密钥都打不开，原样留着\n'])
    expect((await keysInUse(portal.db))['submissions.name']).toContain('1')
  })
})

describe('a key in the environment', () => {
  test('is rotated once the nodes have been given the new one; one that starts with that alone opens everything', async () => {
    const serving = await aNode({ SECRET_KEY: old, NEW_SECRET_KEY: anew })
    const sealed = await opensAll(serving)
    expect(await rotate({ SECRET_KEY: old })).toMatchObject({
      code: 1,
      said: expect.stringContaining('请先在每个节点加设 NEW_SECRET_KEY'),
    })
    expect(await rotate({ SECRET_KEY: old, NEW_SECRET_KEY: old })).toMatchObject({
      code: 1,
      said: 'NEW_SECRET_KEY 与 SECRET_KEY 相同，没有要换的\n',
    })
    expect(await rotate({ SECRET_KEY: old, NEW_SECRET_KEY: anew })).toMatchObject({ code: 0, said: '' })
    expect(await opensAll(serving)).toBe(sealed)
    expect(await opensAll(await aNode({ SECRET_KEY: anew }))).toBe(sealed)
    expect(new Set(Object.values(await keysInUse(portal.db)).flat())).toEqual(new Set([newId]))
  })

  test('that a node was not given takes it out of service in a sentence, and it stores nothing', async () => {
    const late = await aNode({ SECRET_KEY: old })
    await rotate({ SECRET_KEY: old, NEW_SECRET_KEY: anew })
    const sent = submission(await consultationIn(late), '刚才换了密钥。')
    const before = await portal.db.query.$count(submissions)
    const { db, seals, now } = late.deps
    await expect(submit(db, seals, sent, 'late', now())).rejects.toThrow(UnknownKey)
    const answer = await late.app.inject({
      method: 'POST',
      url: '/consultations/shanxi-laoqu/submissions',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'late' },
      payload: {
        identity: 'individual',
        comments: [{ clause: 'p3', stance: 'support', body: '刚才换了密钥。' }],
      },
    })
    expect([answer.statusCode, answer.json().error.code]).toEqual([503, 'unknown_key'])
    expect(await portal.db.query.$count(submissions)).toBe(before)
    const ready = await late.app.inject('/readyz')
    expect([ready.statusCode, ready.json()]).toEqual([503, { status: wrongKey }])
  })
})

describe('between two steps', () => {
  const both = { SECRET_KEY: old, NEW_SECRET_KEY: anew }

  test('everything opens with either node, whoever stored it, and a node that was not asked seals with the new key', async () => {
    const [one, other] = [await aNode(both), await aNode(both)]
    const { db, seals, now } = one.deps
    const id = await consultationIn(one)
    const key = { staffId: null, now: now() }
    const first = await submit(other.db, other.deps.seals, submission(id, '换密钥以前。'), 'k1', now())
    await turnTo(db, seals, sealingKey(newKey), key)
    expect(other.deps.seals.key.id).toBe(oldId)
    const second = await submit(other.db, other.deps.seals, submission(id, '换密钥以后。'), 'k2', now())
    expect(other.deps.seals.key.id).toBe(newId)
    const again = await submit(db, seals, submission(id, '换密钥以前。'), 'k1', now())
    expect(again).toEqual(first)
    const [row] = await db.query
      .select({ name: submissions.name })
      .from(submissions)
      .where(eq(submissions.receiptNumber, second.number))
    expect(row?.name).toContain(`.${newId}.`)
    for (const node of [one, other, await aNode({ SECRET_KEY: anew })]) await opensAll(node)
  })

  test('a command that is run again goes on with what is left, also where the old key is gone', async () => {
    const { deps } = await aNode(both)
    const key = { staffId: null, now: deps.now() }
    await turnTo(deps.db, deps.seals, sealingKey(newKey), key)
    for await (const { done } of resealed(deps.db, deps.seals)) if (done > 0) break
    expect((await keysInUse(deps.db))['submissions.name']).toContain('1')
    const sealed = await opensAll(await aNode({ SECRET_KEY: anew }))
    expect(await rotate({ SECRET_KEY: anew })).toMatchObject({ code: 0, said: '' })
    expect(new Set(Object.values(await keysInUse(deps.db)).flat())).toEqual(new Set([newId]))
    expect(await opensAll(await aNode({ SECRET_KEY: anew }))).toBe(sealed)
  })

  test('words that are hidden by a node that was not asked are sealed with the new key', async () => {
    const [one, late] = [await aNode(both), await aNode(both)]
    const { db, seals, now } = one.deps
    await turnTo(db, seals, sealingKey(newKey), { staffId: null, now: now() })
    const consultation = await findConsultation(db, seedSlug)
    const [member] = await db.query.select().from(staff).limit(1)
    if (!consultation || !member) return expect.unreachable('the database is empty')
    const held: ToRetract = { words: '朱小明', cause: 'personal', comments: [], texts: [], file: false }
    const id = await retract(late.db, late.deps.seals, consultation, held, { staffId: member.id, now: now() })
    const [made] = await db.query.select().from(retractions).where(eq(retractions.id, id))
    expect(made?.words).toContain(`.${newId}.`)
  })

  test('what is removed while it is sealed anew stays away', async () => {
    const { deps } = await aNode(both)
    await turnTo(deps.db, deps.seals, sealingKey(newKey), { staffId: null, now: deps.now() })
    meanwhile(deps.db, () => portal.db.query.update(staff).set({ totpSecret: null }))
    for await (const { done } of resealed(deps.db, deps.seals)) if (done > 0) break
    expect(await portal.db.query.$count(staff, isNotNull(staff.totpSecret))).toBe(0)
  })

  test('a paper that was sealed with the key of before does not count as made', async () => {
    const { deps } = await aNode(both)
    const late = await aNode(both)
    const [job] = await deps.db.query.select().from(jobs).limit(1)
    await deps.db.query.update(jobs).set({ state: 'running' })
    await turnTo(deps.db, deps.seals, sealingKey(newKey), { staffId: null, now: deps.now() })
    expect(await finishJob(late.db, late.deps.seals, job ?? expect.unreachable(), deps.now())).toBe(false)
    expect(await finishJob(deps.db, deps.seals, job ?? expect.unreachable(), deps.now())).toBe(true)
  })
})

test('a portal of before, whose check names no key, keeps its row and its key', async () => {
  const { db, deps } = portal
  const sealed = deps.seals.seal('secret-key', { table: 'settings', column: 'value', row: 'secret-key' })
  const value = { sealed: sealed.replace(`.${oldId}.`, '.1.') }
  await db.query.insert(settings).values({ key: 'secret-key', value })
  const node = await aNode({ SECRET_KEY: old })
  await submit(
    node.db,
    node.deps.seals,
    submission(await consultationIn(node), '照旧。'),
    'k',
    node.deps.now(),
  )
  await expect(aNode({ SECRET_KEY: anew })).rejects.toThrow(wrongKey)
  expect(await rotate({ SECRET_KEY: old, NEW_SECRET_KEY: anew })).toMatchObject({ code: 0, said: '' })
  await opensAll(await aNode({ SECRET_KEY: anew }))
})
