import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isNotNull } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leafFacts } from '../../../db/queries/transparency/leaves.ts'
import { leaves, submissions } from '../../../db/schema/index.ts'
import { leafHash } from '../../../server/rules/transparency/merkle-tree.ts'
import { leafStatement } from '../../../server/rules/transparency/statements.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { check, closed, publishAt, sendMany } from '../../jobs/heads.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
  await sendMany(portal, 12)
  await publishAt(portal, closed)
})
afterAll(() => portal.close())

test('the program is the one that is documented, and is kept in 60 lines', async () => {
  const { body, headers } = await portal.app.inject('/transparency/verify-receipt.mjs')
  const script = readFileSync(join(import.meta.dirname, '../../../docs/verify-receipt.mjs'), 'utf8')
  expect(body).toBe(script)
  expect(headers['content-disposition']).toContain('verify-receipt.mjs')
  expect(script.trimEnd().split('\n').length).toBeLessThanOrEqual(60)
  expect(script).not.toMatch(/from '(?!node:)/)
})

test('the heads of all consultations lead to those of each', async () => {
  const { body } = await portal.app.inject('/transparency.json')
  const { consultations, public_keys } = JSON.parse(body)
  expect(public_keys).toHaveLength(1)
  const [{ heads, newest }] = consultations
  expect(newest).toMatchObject({ size: 12, received: 12, pending: 12, late: 0 })
  const chain = await portal.app.inject(new URL(heads).pathname)
  expect(chain.json().heads.at(-1)).toMatchObject(newest)
  expect((await check([chain.json()])).code).toBe(0)
})

test('no leaf is among what is public', async () => {
  const facts = await leafFacts(portal.db, portal.deps.seals, isNotNull(submissions.id))
  expect(facts).toHaveLength(await portal.db.query.$count(leaves))
  const { body } = await portal.app.inject('/consultations/shanxi-laoqu/transparency.json')
  for (const one of facts) {
    expect(body).not.toContain(leafHash(leafStatement(one)))
    expect(body).not.toContain(one.digest)
    expect(body).not.toContain(one.blind)
  }
})
