import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { concerns } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn

beforeAll(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

const linked = (body: string) => [...body.matchAll(/href="[^"]*\/concerns\/([^"?#]+)"/g)].map(([, id]) => id)

test('concerns stand clause by clause in the order of the draft, a hundred on a page', async () => {
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  const row = {
    ...{ consultationId: consultation?.id ?? '', sentence: '写明期限', themeId: null, departmentId: null },
    ...{ staffId: drafter.id, createdAt: portal.clock.now },
  }
  // Three of each weight, so that a page ends among equals.
  const some = (clause: string, many: number) =>
    Array.from({ length: many }, (_, i) => ({
      ...row,
      id: `${clause}-${String(i).padStart(3, '0')}`,
      clause,
      count: Math.floor(i / 3),
    }))
  await portal.db.query.insert(concerns).values([...some('p9', 4), ...some('p7', 101), ...some('p3', 2)])
  const first = await drafter.get('/office/shanxi-laoqu/concerns')
  const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1] ?? expect.unreachable()
  const second = await drafter.get(next)
  expect(second.body).not.toContain('rel="next"')
  const weight = (id = '') => Math.floor(Number(id.slice(-3)) / 3)
  const expected = ['p3', 'p7', 'p9'].flatMap((clause) =>
    some(clause, { p3: 2, p7: 101, p9: 4 }[clause] ?? 0)
      .map(({ id }) => id)
      .sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1)),
  )
  expect([linked(first.body), linked(second.body)]).toEqual([expected.slice(0, 100), expected.slice(100)])
  expect(first.body).toContain('归并意见 101 条')
})
