import { eq, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { wrongTrees } from '../../db/queries/transparency/head-check.ts'
import {
  consultations,
  digests,
  leaves,
  signingKeys,
  submissions,
  treeHeads,
  treeNodes,
} from '../../db/schema/index.ts'
import { follower } from '../../server/jobs/following.ts'
import { headPublishing, leafTaking } from '../../server/jobs/transparency.ts'
import { isContained } from '../../server/rules/transparency/proofs.ts'
import { isSigned } from '../../server/rules/transparency/signatures.ts'
import { headStatement } from '../../server/rules/transparency/statements.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { decided } from '../public/decided.ts'
import { doSome, strict } from './doing.ts'
import { closed, later, publishAt, sendMany } from './heads.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const setTimes = (headTimes: 'off' | 'closing' | 'daily' | 'hourly') =>
  portal.db.query.update(consultations).set({ headTimes })

describe('taking up', () => {
  test('waits until what came in one after the other is taken up together, in an order that tells nothing', async () => {
    await sendMany(portal, 12)
    expect(await doSome(portal.deps, leafTaking)).toBe(0)
    portal.clock.now = later(portal, 11)
    expect(await doSome(portal.deps, leafTaking)).toBe(12)
    const taken = await portal.db.query.select().from(leaves).orderBy(leaves.position)
    expect(taken.map(({ position }) => position)).toEqual(Array.from({ length: 12 }, (_, i) => i))
    const ids = taken.map(({ submissionId }) => submissionId)
    expect(ids).not.toEqual([...ids].sort())
    expect(await portal.db.query.$count(submissions, isNull(submissions.leafAt))).toBe(0)
  })

  test('takes nothing up twice, whatever the order in which it is committed', async () => {
    await sendMany(portal, 3)
    const early = new Date(portal.clock.now.getTime() - 60_000)
    await publishAt(portal, later(portal, 11))
    const now = portal.clock.now
    portal.clock.now = early
    await aComment(portal, { body: '早提交，晚写入' })
    await publishAt(portal, now)
    expect(await portal.db.query.$count(leaves)).toBe(4)
    expect(await wrongTrees(portal.db, portal.deps.seals)).toEqual([])
  })

  test('keeps the leaf of what was withdrawn before it was taken up', async () => {
    const sent = await aComment(portal)
    await portal.db.query.update(digests).set({ key: null })
    await publishAt(portal, closed)
    expect(sent.code).toBeTruthy()
    expect(await portal.db.query.$count(leaves)).toBe(1)
    expect(await wrongTrees(portal.db, portal.deps.seals)).toEqual([])
  })
})

describe('a head', () => {
  test('is signed, says what became of the comments, and contains the one before', async () => {
    await sendMany(portal, 6)
    await decided(portal, '建议之0', 'published')
    await decided(portal, '建议之1', 'refused')
    const [first] = await publishAt(portal, closed)
    portal.clock.now = later(portal, 60 * 24)
    await aComment(portal, { body: '截止前寄出的信' }, { channel: 'letter' })
    await portal.db.query.update(consultations).set({ outcomeAt: later(portal, 60) })
    const [second, ...others] = await publishAt(portal, later(portal, 120))
    expect(others).toEqual([first])
    if (!first || !second) throw new Error('two heads are there')
    expect(first).toMatchObject({ number: 1, size: 6 })
    expect(first.figures).toEqual({
      late: 0,
      received: 6,
      states: { published: 1, withheld: 0, refused: 1, pending: 4, withdrawn: 0 },
    })
    expect(second).toMatchObject({ number: 2, size: 7, figures: { late: 1, received: 7 } })
    const statement = headStatement({ consultation: 'shanxi-laoqu', log: second.logHash, ...second })
    expect(isSigned(statement, second.signature, second.publicKey)).toBe(true)
    expect(isContained(first, second, second.consistency)).toBe(true)
  })

  test.each([
    ['off', [], []],
    ['closing', [], [40]],
    ['daily', [15], [40, 15]],
    ['hourly', [25, 15], [40, 25, 15]],
  ] as const)('published %s covers what it may', async (times, open, atClosing) => {
    await setTimes(times)
    await sendMany(portal, 20)
    await publishAt(portal, later(portal, 30))
    await sendMany(portal, 10)
    const sizes = (await publishAt(portal, later(portal, 120))).map(({ size }) => size)
    expect(sizes).toEqual(open)
    await sendMany(portal, 10)
    expect((await publishAt(portal, closed)).map(({ size }) => size)).toEqual(atClosing)
    expect(await wrongTrees(portal.db, portal.deps.seals)).toEqual([])
  })

  test('over nothing is published too', async () => {
    expect(await publishAt(portal, closed)).toMatchObject([{ size: 0, figures: { received: 0, late: 0 } }])
  })
})

describe('two nodes', () => {
  test('build one tree under one key', async () => {
    await sendMany(portal, 30)
    portal.clock.now = closed
    const other = { ...portal.deps }
    const [one, two] = [follower(portal.deps, strict), follower(other, strict)]
    for (let i = 0; i < 6; i++) await Promise.all([one(), two()])
    expect(await portal.db.query.$count(leaves)).toBe(30)
    expect(await portal.db.query.$count(treeHeads)).toBe(1)
    expect(await portal.db.query.$count(signingKeys)).toBe(1)
    expect(await wrongTrees(portal.db, portal.deps.seals)).toEqual([])
  })

  test('of which one comes late append nothing a second time', async () => {
    await sendMany(portal, 5)
    portal.clock.now = closed
    const waiting = await leafTaking.waiting(portal.deps, 200)
    await leafTaking.work(portal.deps, waiting, strict)
    await leafTaking.work(portal.deps, waiting, strict)
    expect(await portal.db.query.$count(leaves)).toBe(5)
    expect(await portal.db.query.$count(treeNodes, eq(treeNodes.level, 0))).toBe(5)
    expect(headPublishing().name).toBe('tree_heads')
  })
})
