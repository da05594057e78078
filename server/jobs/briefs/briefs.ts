import type { Brief } from '../../../db/queries/briefs/briefs.ts'
import { briefsToMake, briefToMake, keepBrief, tellBriefProgress } from '../../../db/queries/briefs/making.ts'
import { type Consultation, consultationById } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { KindOfWork } from '../work.ts'
import { briefSteps } from './brief-steps.ts'

/** So long it goes on at a time, in milliseconds: the other kinds of work have their turns while a long brief is made. */
const atOnce = 1000

/** A brief that is being made, step by step. */
interface Making {
  key: string
  askedAt: Date | null
  steps: AsyncGenerator<void, void, void>
}

/** Makes the briefs that staff have asked for, one at a time, in a thread of its own. */
export function briefMaking(): KindOfWork {
  let making: Making | null = null
  return {
    name: 'briefs',
    batch: 1,
    waiting: ({ db }, most) => briefsToMake(db, most),
    async work(deps, keys) {
      for (const key of keys) {
        const brief = await briefToMake(deps.db, key)
        if (making && (making.key !== key || making.askedAt?.getTime() !== brief?.askedAt?.getTime())) {
          await making.steps.return()
          making = null
        }
        const consultation = brief && (await consultationById(deps.db, brief.consultationId))
        if (!brief || !consultation) continue
        making ??= { key, askedAt: brief.askedAt, steps: made(deps, consultation, brief) }
        try {
          if (await goneOn(making.steps)) making = null
        } catch (error) {
          making = null
          throw error
        }
      }
    },
  }
}

/** @returns whether it is made */
async function goneOn(steps: Making['steps']): Promise<boolean> {
  const until = performance.now() + atOnce
  while (performance.now() < until) {
    const { done } = await steps.next()
    if (done) return true
  }
  return false
}

async function* made(
  { db, now }: Dependencies,
  consultation: Consultation,
  brief: Brief,
): AsyncGenerator<void, void, void> {
  const sections = yield* briefSteps({ db }, consultation, brief.day, (progress) =>
    tellBriefProgress(db, brief, progress),
  )
  await keepBrief(db, brief, sections, now())
}
