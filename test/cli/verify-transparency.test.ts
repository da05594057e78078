import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wrongTrees } from '../../db/queries/transparency/head-check.ts'
import { openedKey } from '../../db/queries/transparency/signing-keys.ts'
import {
  consultations,
  leaves,
  logSeals,
  signingKeys,
  submissions,
  treeHeads,
  treeNodes,
} from '../../db/schema/index.ts'
import { newSigningSecret, signingKey } from '../../server/rules/transparency/signatures.ts'
import { headStatement } from '../../server/rules/transparency/statements.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { check, closed, later, publishAt, sendMany } from '../jobs/heads.ts'
import { changeDigest, forge, type Leaf, leavesOf } from './forging.ts'
import { portalCommand } from './portal-command.ts'

const count = 1_000
const address = '/consultations/shanxi-laoqu/transparency.json'
let portal: TestPortal
let all: Leaf[]
let published: object

beforeAll(async () => {
  portal = await buildTestApp()
  await portal.db.query.update(consultations).set({ headTimes: 'daily' })
  await sendMany(portal, count / 2)
  await publishAt(portal, later(portal, 60))
  await sendMany(portal, count / 2)
  await publishAt(portal, closed)
  all = await leavesOf(portal.db)
  published = (await portal.app.inject(address)).json()
}, 120_000)
afterAll(() => portal.close())

const wrong = async () =>
  (await wrongTrees(portal.db, portal.deps.seals)).map(({ problem, place }) => [problem, place])
/** Somewhere below the first head, and somewhere between it and the second, another each time. */
const somewhere = () => [Math.floor(Math.random() * 490) + 1, Math.floor(Math.random() * 490) + 500]

test('a thousand submissions and their heads are in order', async () => {
  const heads = await portal.db.query.select().from(treeHeads).orderBy(asc(treeHeads.number))
  expect(heads.map(({ size }) => size)).toEqual([495, 1_000])
  expect(await wrong()).toEqual([])
  expect((await check([published])).code).toBe(0)
})

describe('after a head', () => {
  test('a dropped submission is found', async () => {
    for (const at of somewhere()) {
      await portal.db.query.delete(leaves).where(eq(leaves.position, at))
      expect(await wrong()).toContainEqual(['removed', at + 1])
      await portal.db.query.insert(leaves).values(all.slice(at, at + 1))
    }
    expect(await wrong()).toEqual([])
  })

  test('a changed submission is found', async () => {
    for (const at of somewhere()) {
      const putBack = await changeDigest(portal.db, all[at]?.submissionId ?? '')
      expect(await wrong()).toEqual([['changed', at + 1]])
      await putBack()
    }
  })

  test('a changed day of receipt is found', async () => {
    const of = eq(submissions.id, all[7]?.submissionId ?? '')
    const [before] = await portal.db.query.select().from(submissions).where(of)
    await portal.db.query
      .update(submissions)
      .set({ createdAt: new Date('2026-12-20T02:00:00Z') })
      .where(of)
    expect(await wrong()).toEqual([['changed', 8]])
    await portal.db.query.update(submissions).set({ createdAt: before?.createdAt }).where(of)
  })

  test('a changed hash within the tree is found', async () => {
    const of = eq(treeNodes.level, 3)
    const nodes = await portal.db.query.select().from(treeNodes).where(of)
    await portal.db.query
      .update(treeNodes)
      .set({ hash: 'f'.repeat(64) })
      .where(of)
    expect(await wrong()).toContainEqual(['node', 1])
    await portal.db.query.delete(treeNodes).where(of)
    await portal.db.query.insert(treeNodes).values(nodes)
  })

  test.each([
    ['dropped', (at: number) => all.toSpliced(at, 1)],
    ['moved', (at: number) => all.toSpliced(at, 1).toSpliced(at - 1, 0, ...all.slice(at, at + 1))],
    ['added', (at: number) => all.slice(0, -1).toSpliced(at, 0, ...all.slice(-1))],
  ])(
    'a submission that is %s is found, though the whole tree is worked out anew',
    async (_, change) => {
      for (const at of somewhere()) {
        await forge(portal, change(at))
        const heads = at < 495 ? [1, 2] : [2]
        expect(await wrong()).toEqual(expect.arrayContaining(heads.map((head) => ['root', head])))
      }
      await forge(portal, all)
      expect(await wrong()).toEqual([])
    },
    60_000,
  )

  test('one that is changed is found, though the whole tree is worked out anew', async () => {
    const putBack = await changeDigest(portal.db, all[3]?.submissionId ?? '')
    await forge(portal, all)
    expect(await wrong()).toEqual([
      ['root', 1],
      ['root', 2],
    ])
    await putBack()
    await forge(portal, all)
    expect(await wrong()).toEqual([])
  })

  test('a submission that has been left out is found', async () => {
    await forge(portal, all.slice(0, -1))
    const left = eq(submissions.id, all.at(-1)?.submissionId ?? '')
    const [one] = await portal.db.query.select().from(submissions).where(left)
    await portal.db.query
      .update(submissions)
      .set({ createdAt: new Date('2026-11-23T02:00:00Z') })
      .where(left)
    expect(await wrong()).toContainEqual(['untaken', one?.receiptNumber])
    await portal.db.query.update(submissions).set({ createdAt: one?.createdAt }).where(left)
    await forge(portal, all)
  })
})

describe('of the heads themselves', () => {
  const heads = () => portal.db.query.select().from(treeHeads).orderBy(asc(treeHeads.number))
  const putBack = async (rows: (typeof treeHeads.$inferInsert)[]) => {
    await portal.db.query.delete(treeHeads)
    await portal.db.query.insert(treeHeads).values(rows)
    expect(await wrong()).toEqual([])
  }

  test('changed figures are found', async () => {
    const before = await heads()
    const figures = { late: 0, received: 999, states: { ...before[1]?.figures.states, pending: 999 } }
    await portal.db.query.update(treeHeads).set({ figures }).where(eq(treeHeads.number, 2))
    expect(await wrong()).toEqual([['signature', 2]])
    await putBack(before)
  })

  test('a removed one is found', async () => {
    const before = await heads()
    await portal.db.query.delete(treeHeads).where(eq(treeHeads.number, 1))
    expect(await wrong()).toEqual([['order', 2]])
    await putBack(before)
  })

  test('a proof that the later does not contain the earlier is found', async () => {
    const before = await heads()
    const consistency = (before[1]?.consistency ?? []).with(0, 'e'.repeat(64))
    await portal.db.query.update(treeHeads).set({ consistency }).where(eq(treeHeads.number, 2))
    expect(await wrong()).toEqual([['containing', 2]])
    await putBack(before)
  })

  test('somebody else’s signature is found', async () => {
    const before = await heads()
    const keys = await portal.db.query.select().from(signingKeys)
    const own = signingKey(newSigningSecret())
    for (const head of before) {
      const statement = headStatement({ consultation: 'shanxi-laoqu', log: head.logHash, ...head })
      const signed = { publicKey: own.publicKey, signature: await own.sign(statement) }
      await portal.db.query.update(treeHeads).set(signed).where(eq(treeHeads.number, head.number))
    }
    expect(await wrong()).toEqual([
      ['foreign', 1],
      ['foreign', 2],
    ])
    const added = { publicKey: own.publicKey, number: 2, secret: null, createdAt: closed }
    await portal.db.query.insert(signingKeys).values(added)
    expect(await wrong()).toEqual([['key', own.publicKey]])
    await portal.db.query.delete(signingKeys)
    await portal.db.query.insert(signingKeys).values(keys)
    await putBack(before)
  })

  test('a log that was changed since is found', async () => {
    const before = await heads()
    const log = 'a'.repeat(64)
    const [head] = before
    if (!head) throw new Error('there is one')
    const [row] = await portal.db.query.select().from(signingKeys)
    const key = row && openedKey(portal.deps.seals, row)
    const statement = headStatement({ consultation: 'shanxi-laoqu', ...head, log })
    const signature = await key?.sign(statement)
    await portal.db.query.update(treeHeads).set({ logHash: log, signature }).where(eq(treeHeads.number, 1))
    expect(await wrong()).toEqual([['log', 1]])
    expect(await portal.db.query.$count(logSeals)).toBe(0)
    await putBack(before)
  })
})

describe('a tree that was worked out anew', () => {
  const forged = { number: 3, size: 999, root: 'd'.repeat(64), at: closed, logHash: null, consistency: [] }

  test.each([
    ['shorter', () => all.toSpliced(17, 1)],
    ['in another order', () => all.toReversed()],
  ])('%s is never signed by the portal', async (_, change) => {
    await forge(portal, change())
    await portal.db.query.update(consultations).set({ outcomeAt: closed })
    await portal.db.query.update(submissions).set({ leafAt: closed })
    await expect(publishAt(portal, later(portal, 60))).rejects.toThrow('does not contain that of its head 2')
    expect(await portal.db.query.$count(treeHeads)).toBe(2)
    await forge(portal, all)
  })

  test('shows to whoever kept a head, though somebody signs it who holds the key', async () => {
    const [row] = await portal.db.query.select().from(signingKeys)
    const key = row && openedKey(portal.deps.seals, row)
    const [first, second] = await portal.db.query.select().from(treeHeads).orderBy(asc(treeHeads.number))
    if (!first || !second || !key) throw new Error('both heads are there')
    const signed = async (head: typeof second) => {
      const statement = headStatement({ consultation: 'shanxi-laoqu', log: head.logHash, ...head })
      const { consistency } = head
      return { statement, signature: await key.sign(statement), public_key: key.publicKey, consistency }
    }
    const chain = [await signed(first), await signed(second)]
    expect((await check([published, { heads: chain }])).code).toBe(0)
    const longer = { heads: [...chain, await signed({ ...second, ...forged, size: 1_001 })] }
    expect((await check([published, longer])).said).toContain('不符  包含前一树头的全部提交')
    const other = { heads: [await signed(first), await signed({ ...second, ...forged })] }
    expect((await check([published, other])).said).toMatch(/不符 {2}各文件里的树头，都仍在公布/)
    expect((await check([{ heads: chain.toReversed() }])).code).toBe(1)
    expect((await check([published, { heads: chain.slice(0, 1) }])).code).toBe(1)
    expect((await check([{ heads: chain.slice(0, 1) }, published])).code).toBe(0)
  })
})

test('portal verify says it in a sentence', async () => {
  await forge(portal, all.toSpliced(17, 1))
  const found = await portalCommand(['verify'], {
    DATABASE_URL: portal.deps.config.databaseUrl,
    DATA_DIR: portal.deps.config.dataDir,
  })
  await forge(portal, all)
  expect(found.said).toContain('提交存证 shanxi-laoqu 第 1 个树头与现存的提交不符')
  expect(found.code).toBe(1)
})
