import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { themeLearning } from '../../../server/jobs/theme-learning.ts'
import type { TestPortal } from '../../build.ts'
import { doSome } from '../../jobs/doing.ts'
import { opinions } from '../../text/opinions.ts'
import { amendment, say } from '../filled-consultation.ts'

const kept = ['health', 'transport', 'schools']

/** The seed's consultation with some of the marked opinions on three subjects. @returns the public ids of each subject's */
export async function saidOnThree(
  portal: TestPortal,
  each: number,
): Promise<{ consultation: Consultation; bySubject: Record<string, string[]> }> {
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  const bySubject: Record<string, string[]> = {}
  for (const subject of kept) {
    const some = opinions().filter((opinion) => opinion.subject === subject)
    bySubject[subject] = await say(
      portal.db,
      consultation,
      some.slice(0, each).map(({ text: body, stance }) => ({ ...amendment, body, stance, wording: null })),
    )
  }
  return { consultation, bySubject }
}

/** Does what was asked to be learnt. */
export async function learn(portal: TestPortal): Promise<void> {
  const kind = themeLearning()
  while ((await doSome(portal.deps, kind)) > 0) {}
}
