import { expect, onTestFinished, test } from 'vitest'
import { bulks } from '../../db/schema/index.ts'
import { buildTestApp } from '../build.ts'
import { contentOf } from './upgrades/content.ts'
import { fill } from './upgrades/fill.ts'

test('a portal of today can be filled until no table is empty, as npm run release:fixture does it', async () => {
  const portal = await buildTestApp({ seed: false })
  onTestFinished(() => portal.close())
  const { papers, receipts } = await fill(portal.deps)
  expect(Math.min(papers.length, receipts.length)).toBeGreaterThan(0)
  const { rows } = await contentOf(portal.db)
  expect(Object.keys(rows).filter((table) => rows[table] === 0)).toEqual([])
  const done = await portal.db.query.select({ skipped: bulks.skipped, decided: bulks.decided }).from(bulks)
  expect(done).toEqual([{ skipped: [], decided: 3 }])
}, 150_000)
