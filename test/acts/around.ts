import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { storedActivation } from '../../db/queries/staff/activation.ts'
import { inviteStaff } from '../../db/queries/staff/staff-accounts.ts'
import { comments, responses } from '../../db/schema/index.ts'
import type { Dependencies } from '../../server/dependencies.ts'

export type Act = () => Promise<unknown>

/** Numbers that are the same in each run. @returns a whole number below `end` */
export type Chance = (end: number) => number

export function chanceFrom(seed: number): Chance {
  let state = seed
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * end)
  }
}

/** What acts are done with, and to. */
export type Around = Awaited<ReturnType<typeof around>>

export async function around(deps: Dependencies, chance: Chance) {
  const { db, seals, now, config } = deps
  const found = await findConsultation(db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not loaded')
  const consultation = found
  const consultationId = consultation.id
  const staff = await Promise.all(
    ['甲', '乙', '丙'].map((name) =>
      inviteStaff(
        db,
        { name, grant: { role: 'moderator', consultationId: '*' } },
        storedActivation(seals, `7K3M9-QXD${name}`, now()),
        { staffId: null, now: now() },
      ),
    ),
  )
  const [one = '', other = '', third = ''] = staff
  const by = (staffId: string) => ({ staffId, now: now() })
  const codes: string[] = []
  let sent = 0
  const next = () => ++sent
  const words = () =>
    `第 ${next()} 条：${['建议写明时限', '请打 13812345678 找我', '旧词应当改掉', '同意'][chance(4)]}`
  const said = () => ({
    stance: ['support', 'oppose', 'amend'][chance(3)] ?? 'amend',
    body: words(),
    proposal: chance(3) === 0 ? '写为三十日' : null,
    wording: chance(3) === 0 ? '应当在三十日内旧词办结' : null,
    quote: null,
  })
  const any = async (state: readonly string[]) => {
    const where = and(inArray(comments.state, [...state]), ne(comments.body, ''))
    const count = await db.query.$count(comments, where)
    const [row] = await db.query
      .select()
      .from(comments)
      .where(where)
      .orderBy(comments.id)
      .limit(1)
      .offset(chance(Math.max(1, count)))
    return row ?? null
  }
  const anyResponse = async (state: string) => {
    const [row] = await db.query
      .select()
      .from(responses)
      .where(eq(responses.state, state))
      .orderBy(sql`${responses.id} desc`)
      .limit(1)
    return row ?? null
  }

  const portal = { deps, db, seals, now, config, consultation, consultationId }
  const people = { staff, one, other, third, by, codes }
  return { ...portal, ...people, chance, next, words, said, any, anyResponse }
}
