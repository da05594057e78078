import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import { clauseWordsOf } from '../../db/queries/themes/clause-words.ts'
import { clauseWordCounting } from '../../server/jobs/clause-words.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { amendment, type Said, say } from '../office/filled-consultation.ts'
import { doSome } from './doing.ts'

let portal: TestPortal
let consultation: Consultation
const said = (clause: string, body: string, state = 'published'): Said => ({
  ...amendment,
  clause,
  body,
  state,
})

beforeEach(async () => {
  portal = await buildTestApp()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
})
afterEach(() => portal.close())

async function countAll(): Promise<number> {
  let clauses = 0
  while ((await doSome(portal.deps, clauseWordCounting)) > 0) clauses++
  return clauses
}

test('each clause is counted once from what was admitted, and again after a while when more has come', async () => {
  await say(portal.db, consultation, [
    said('p7', '道路太窄'),
    said('p7', '拓宽道路'),
    said('p7', '拓宽道路'),
    said('p7', '道路太远', 'refused'),
    said('p8', '医院太远', 'withheld'),
    said('p9', '学校', 'pending'),
  ])
  expect(await countAll()).toBe(2)
  const counts = await clauseWordsOf(portal.db, consultation.id)
  expect(counts.get('p7')).toEqual({ texts: 2, words: { 道路: 2 } })
  expect(counts.get('p8')).toEqual({ texts: 1, words: {} })
  await say(portal.db, consultation, [said('p7', '道路')])
  expect(await countAll()).toBe(0)
  portal.clock.now = new Date(portal.clock.now.getTime() + 11 * 60_000)
  expect(await countAll()).toBe(1)
  expect((await clauseWordsOf(portal.db, consultation.id)).get('p7')?.texts).toBe(3)
})

test('words of the draft, its places and what several say are counted whole', async () => {
  await say(portal.db, consultation, [
    said('p7', '沁源县的特优农业要贷款贴息'),
    said('p7', '特优农业在沁源县，贴息要够'),
    said('p7', '鲸落牌坊在哪里'),
    said('p7', '看了鲸落，很远'),
    said('p7', '鲸落要修路'),
    ...Array.from({ length: 40 }, (_, i) => said('p7', `第${i}处的路要修得宽些，下雨时才好走`)),
  ])
  await countAll()
  const words = (await clauseWordsOf(portal.db, consultation.id)).get('p7')?.words
  expect(words).toMatchObject({ 沁源县: 2, 特优农业: 2, 贴息: 2, 鲸落: 3 })
})
