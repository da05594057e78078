import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { turnTo } from '../../../db/queries/upkeep/key-rotation.ts'
import { adoptKey } from '../../../db/queries/upkeep/seal-check.ts'
import { settings } from '../../../db/schema/index.ts'
import { atomicallySealed, followRing, ringRow, storedRing } from '../../../db/sealing/key-ring.ts'
import { createSeals } from '../../../db/sealing/sealed.ts'
import { sealingKey } from '../../../db/sealing/sealing-key.ts'
import { freshDatabase } from '../../database.ts'

test('a ring whose parts a copy of the database has in another order is the same one', async () => {
  const { db, drop } = await freshDatabase()
  onTestFinished(drop)
  const seals = createSeals(Buffer.alloc(32, 7), () => [Buffer.alloc(32, 8)])
  await adoptKey(db, seals)
  await turnTo(db, seals, sealingKey(Buffer.alloc(32, 8)), { staffId: null, now: new Date() })
  const ring = await storedRing(db)
  const value = Object.fromEntries(Object.entries(ring ?? {}).sort())
  expect(Object.keys(value)).toEqual(['hashing', 'older', 'sealed'])
  await db.query.update(settings).set({ value }).where(eq(settings.key, ringRow))
  expect(await followRing(db, seals)).toBe(true)
  await expect(atomicallySealed(db, seals, () => [])).resolves.toBeDefined()
})
