import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { quotedWords } from '../../../db/queries/briefs/quotations.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { briefSections, comments } from '../../../db/schema/index.ts'
import { shortOnes } from '../../browser/trial-texts.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { signIn } from '../../staff.ts'
import { opinions } from '../../text/opinions.ts'
import { amendment, say } from '../filled-consultation.ts'
import { madeBrief } from './briefs.ts'

interface Planted {
  base: string
  clause: string
  text: string
}

const planted: Planted[] = JSON.parse(readFileSync('test/fixtures/opinions/planted-rare.json', 'utf8'))
const day = '2026-11-23'
const clauses = Array.from({ length: 20 }, (_, i) => `p${i + 1}`)

let portal: TestPortal

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  return portal
})

test('of 24 points that one person each makes with a figure, a law, a place or an experience, among 2,080 others, 95 % stand in the brief', async () => {
  anewAfter()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  const others = [
    ...opinions().map(({ text, stance }, at) => ({ body: text, stance, clause: clauses[at % 20] ?? 'p1' })),
    ...shortOnes(400).map(({ body, clause }) => ({ body, clause, stance: 'amend' })),
  ]
  const among = planted.map(({ text: body, clause }) => ({ body, clause, stance: 'amend' }))
  // Here and there, not all together.
  const said = others.flatMap((other, at) =>
    at % 80 === 0 && among[at / 80] ? [among[at / 80] ?? other, other] : [other],
  )
  expect(said.length).toBe(2104)
  await say(
    portal.db,
    consultation,
    said.map((one) => ({ ...amendment, wording: null, ...one })),
  )
  const page = await madeBrief(portal, await signIn(portal, 'drafter'), day)
  const kept = await portal.db.query.select().from(briefSections).where(eq(briefSections.day, day))
  const found = kept.flatMap(({ said: { rare } }) => rare.quotations)
  const words = new Set((await quotedWords(portal.db, consultation.id, found)).values())
  const lost = planted.filter(({ text }) => !Array.from(words).some((one) => text.includes(one)))
  expect(planted.length).toBeGreaterThanOrEqual(20)
  expect(
    lost.slice(Math.floor(planted.length / 20)),
    `lost: ${lost.map(({ text }) => text).join('\n')}`,
  ).toEqual([])
  // With what it rests on, in the words of its kind.
  const first = planted.find(({ text }) => page.includes(text.slice(0, 20)))
  expect(first && page).toContain('法规标准')
  expect(await portal.db.query.$count(comments)).toBe(2104)
})
