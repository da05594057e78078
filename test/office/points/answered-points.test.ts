import { expect, test } from 'vitest'
import { countAnswered } from '../../../db/queries/answers/listed-responses.ts'
import { mainReasons } from '../../../db/queries/answers/progress.ts'
import { factsOf } from '../../../db/queries/comments/comment-facts.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { buildTestApp } from '../../build.ts'
import { decided, submitComment } from '../../public/decided.ts'
import { signIn } from '../../staff.ts'

test('beside another letter, the points of one and of an answer are its own', async () => {
  const portal = await buildTestApp()
  const { db } = portal
  const consultation = (await findConsultation(db, 'shanxi-laoqu')) ?? expect.unreachable()
  const office = '/office/shanxi-laoqu'
  const drafter = await signIn(portal, 'drafter')
  const approver = await signIn(portal, 'approver')
  const splitOf = async (id: string) =>
    (await commentToSplit(db, consultation.id, id)) ?? expect.unreachable()
  const parted = async (number: number) => {
    const letter = `您好！\n一是建议写明贴息期限${number}。\n二是建议修通旅游公路${number}。\n谢谢。`
    await submitComment(portal, 'p7', letter)
    const id = await decided(portal, letter, 'published')
    await drafter.get(`${office}/splits/${id}`)
    const { revision } = (await splitOf(id)).split
    await drafter.post(`${office}/splits/${id}/acceptance`, { revision })
    return splitOf(id)
  }
  const [first] = [await parted(1), await parted(2)]
  const points = first.split.arrangement.flatMap(({ kind, id }) => (kind === 'point' ? [id] : []))
  await drafter.get(`${office}/outcome`)
  const fields = { point: points, outcome: 'adopted', reason: '已写明。' }
  const at = String((await drafter.post(`${office}/responses`, fields)).headers.location)
  const response = at.split('/').at(-1) ?? ''
  expect(await countAnswered(db, response)).toBe(2)
  await drafter.post(`${at}/submission`, {})
  await approver.get(`${office}/outcome`)
  await approver.post(`${at}/approval`, {})
  expect(await mainReasons(db, consultation.id, 9)).toMatchObject([{ count: 2 }])
  expect([...(await factsOf(db, [first.id])).values()]).toMatchObject([{ split: { points: 2 } }])
  await portal.close()
})
