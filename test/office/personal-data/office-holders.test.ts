import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { comments, examinations, log } from '../../../db/schema/index.ts'
import { followOnce } from '../../../server/jobs/following.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { strict } from '../../jobs/doing.ts'
import { aComment } from '../../moderation/comments.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn
const address = '/office/shanxi-laoqu/office-holders'

sharedPortal(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
  await drafter.get(address)
  return portal
})

async function found(body: string): Promise<string[]> {
  const { id } = await aComment(portal, { body })
  while (await followOnce(portal.deps, strict));
  const [row] = await portal.db.query.select().from(examinations).where(eq(examinations.commentId, id))
  const characters = [...body]
  return (row?.spans ?? []).map(({ start, end }) => characters.slice(start, end).join(''))
}

test('who is on the list may be named, and nobody else; it is logged', async () => {
  expect((await drafter.get(address)).body).toContain('名单还是空的')
  const text = '村民张建国、李秀英在会上提了意见。'
  expect(await found(text)).toEqual(['张建国', '李秀英'])
  const added = await drafter.post(address, { holders: '张建国 副县长\n\n王存喜' })
  expect(added.statusCode).toBe(303)
  const page = (await drafter.get(address)).body
  for (const said of ['张建国', '副县长', '王存喜', '（未填）']) expect(page).toContain(said)
  expect(await found(text)).toEqual(['李秀英'])
  const acts = await portal.db.query.select().from(log).where(eq(log.act, 'office_holders.add'))
  expect(acts.map(({ detail }) => detail)).toMatchObject([{ holders: ['张** 副县长', '王**'] }])
})

test('an office is changed by naming its holder again, and who is taken off is found again', async () => {
  await drafter.post(address, { holders: '赵满仓 县长' })
  await drafter.post(address, { holders: '赵满仓，市长' })
  const page = (await drafter.get(address)).body
  expect(page).toContain('市长')
  expect(page.match(/赵满仓<\/th>/g)).toHaveLength(1)
  expect((await drafter.post(`${address}/removal`, { name: '赵满仓' })).statusCode).toBe(303)
  expect((await drafter.post(`${address}/removal`, { name: '赵满仓' })).statusCode).toBe(404)
  expect(await found('我叫赵满仓。')).toEqual(['赵满仓'])
})

test('what is no name is said, and what was typed stays', async () => {
  for (const [holders, problem] of [
    ['', '请填写姓名和职务'],
    ['王五 乡长\n12345', '“12345”不像姓名'],
    ['王五六七八 '.repeat(1_000), '最多 5000 个字'],
  ]) {
    const refused = await drafter.post(address, { holders })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain(problem)
    expect(refused.body).toContain('出错：')
  }
  expect((await drafter.post(address, { holders: '王五 乡长\n12345' })).body).toContain('王五 乡长\n12345')
})

test('whoever may only read sees the list and no form', async () => {
  const auditor = await signIn(portal, 'auditor')
  const page = await auditor.get(address)
  expect(page.statusCode).toBe(200)
  expect(page.body).not.toContain('加入名单</button>')
  expect((await auditor.post(address, { holders: '王五' })).statusCode).toBe(403)
  expect(await portal.db.query.$count(comments)).toBeGreaterThan(0)
  expect(await findConsultation(portal.db, 'shanxi-laoqu')).not.toBeNull()
})
