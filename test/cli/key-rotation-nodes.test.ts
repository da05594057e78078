import { eq, isNotNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { finishJob } from '../../db/queries/papers/making.ts'
import { withdraw } from '../../db/queries/receipts/receipt-acts.ts'
import type { ToRetract } from '../../db/queries/retractions/held-words.ts'
import { retract } from '../../db/queries/retractions/retractions.ts'
import { submit } from '../../db/queries/submissions/submissions.ts'
import { resealed, turnTo } from '../../db/queries/upkeep/key-rotation.ts'
import { sealUnlawful } from '../../db/queries/upkeep/unlawful-records.ts'
import {
  comments,
  decisions,
  jobs,
  originals,
  retractions,
  staff,
  submissions,
} from '../../db/schema/index.ts'
import { sealingKey } from '../../db/sealing/sealing-key.ts'
import { seedSlug } from '../../server/seed.ts'
import { keysInUse } from '../every-seal.ts'
import { meanwhile } from '../meanwhile.ts'
import {
  aNode,
  anew,
  consultationIn,
  newId,
  newKey,
  old,
  oldId,
  opensAll,
  rotate,
  sealedPortal,
  submission,
  type Upgraded,
} from './rotating.ts'

let portal: Upgraded
beforeEach(async () => {
  portal = await sealedPortal()
})
afterEach(() => portal.close())

describe('between two steps', () => {
  const both = { SECRET_KEY: old, NEW_SECRET_KEY: anew }

  test('everything opens with either node, whoever stored it, and a node that was not asked seals with the new key', async () => {
    const [one, other] = [await aNode(portal, both), await aNode(portal, both)]
    const { db, seals, now } = one.deps
    const id = await consultationIn(one)
    const key = { staffId: null, now: now() }
    const first = await submit(other.db, other.deps.seals, submission(id, '换密钥以前。'), 'k1', now())
    await turnTo(db, seals, sealingKey(newKey), key)
    expect(other.deps.seals.key.id).toBe(oldId)
    const second = await submit(other.db, other.deps.seals, submission(id, '换密钥以后。'), 'k2', now())
    expect(other.deps.seals.key.id).toBe(newId)
    const again = await submit(db, seals, submission(id, '换密钥以前。'), 'k1', now())
    expect({ ...again, stored: first.stored }).toEqual(first)
    const [row] = await db.query
      .select({ name: submissions.name })
      .from(submissions)
      .where(eq(submissions.receiptNumber, second.number))
    expect(row?.name).toContain(`.${newId}.`)
    for (const node of [one, other, await aNode(portal, { SECRET_KEY: anew })]) await opensAll(node)
  })

  test('a command that is run again goes on with what is left, also where the old key is gone', async () => {
    const { deps } = await aNode(portal, both)
    const key = { staffId: null, now: deps.now() }
    await turnTo(deps.db, deps.seals, sealingKey(newKey), key)
    for await (const { done } of resealed(deps.db, deps.seals)) if (done > 0) break
    expect((await keysInUse(deps.db))['submissions.name']).toContain('1')
    const sealed = await opensAll(await aNode(portal, { SECRET_KEY: anew }))
    expect(await rotate(portal, { SECRET_KEY: anew })).toMatchObject({ code: 0, said: '' })
    expect(new Set(Object.values(await keysInUse(deps.db)).flat())).toEqual(new Set([newId]))
    expect(await opensAll(await aNode(portal, { SECRET_KEY: anew }))).toBe(sealed)
  })

  test('words that are hidden by a node that was not asked are sealed with the new key', async () => {
    const [one, late] = [await aNode(portal, both), await aNode(portal, both)]
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
    const { deps } = await aNode(portal, both)
    await turnTo(deps.db, deps.seals, sealingKey(newKey), { staffId: null, now: deps.now() })
    meanwhile(deps.db, () => portal.db.query.update(staff).set({ totpSecret: null }))
    for await (const { done } of resealed(deps.db, deps.seals)) if (done > 0) break
    expect(await portal.db.query.$count(staff, isNotNull(staff.totpSecret))).toBe(0)
  })

  test('a paper that was sealed with the key of before does not count as made', async () => {
    const { deps } = await aNode(portal, both)
    const late = await aNode(portal, both)
    const [job] = await deps.db.query.select().from(jobs).limit(1)
    await deps.db.query.update(jobs).set({ state: 'running' })
    await turnTo(deps.db, deps.seals, sealingKey(newKey), { staffId: null, now: deps.now() })
    expect(await finishJob(late.db, late.deps.seals, job ?? expect.unreachable(), deps.now())).toBe(false)
    expect(await finishJob(deps.db, deps.seals, job ?? expect.unreachable(), deps.now())).toBe(true)
  })

  test('what the law wants kept of a comment is sealed with the new key by a node that was not asked', async () => {
    const [one, late, later] = [
      await aNode(portal, both),
      await aNode(portal, both),
      await aNode(portal, both),
    ]
    const { db, seals, now } = one.deps
    await turnTo(db, seals, sealingKey(newKey), { staffId: null, now: now() })
    const [taken, refused] = await db.query
      .select()
      .from(comments)
      .where(eq(comments.state, 'published'))
      .limit(2)
    if (!taken || !refused) return expect.unreachable('the database has published comments')
    const until = new Date(now().getTime() + 86_400_000)
    await withdraw(late.db, taken, now(), { ...taken, seals: late.deps.seals, until, now: now() })
    await db.query.update(comments).set({ state: 'refused' }).where(eq(comments.id, refused.id))
    await db.query
      .update(decisions)
      .set({ reason: 'unlawful', review: refused.review, createdAt: now() })
      .where(eq(decisions.commentId, refused.id))
    await sealUnlawful(later.db, later.deps.seals, refused.consultationId, 180, now())
    for (const { id } of [taken, refused]) {
      const [record] = await db.query.select().from(originals).where(eq(originals.commentId, id))
      expect(record?.sealed).toContain(`.${newId}.`)
    }
  })
})
