import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { submit } from '../../db/queries/submissions/submissions.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { mostComments } from '../../server/rules/submissions/submission-form.ts'
import { seedSlug } from '../../server/seed.ts'
import { strict } from '../jobs/doing.ts'

const submissions = 50
const length = 5_000
const parts = ['a.1-', '131.', '_〇', '4.', '1号1', '一', 'ก', '1 ']

/** Fills a portal with submissions as long as they may be, each comment of which is made to take long. */
export async function fillHostile({ db, seals, now }: Dependencies): Promise<number> {
  const consultation = await findConsultation(db, seedSlug)
  if (!consultation) throw new Error('the seed is not loaded')
  for (let sent = 0; sent < submissions; sent++) {
    const comments = Array.from({ length: mostComments }, (_, i) => ({
      clause: `p${(i % 23) + 1}`,
      stance: 'amend',
      body: hostile(sent * mostComments + i),
      proposal: 'amend',
      wording: hostile(sent * mostComments + i + 3),
      quote: null,
    }))
    const nobody = { name: null, showName: false, organisation: null, region: null, contact: null }
    const person = { identity: 'individual', visibility: 'public', attachments: [], ...nobody }
    const about = { consultationId: consultation.id, round: 1, channel: 'web' as const }
    await submit(db, seals, { ...about, ...person, comments }, `hostile-${sent}`, now())
  }
  return submissions * mostComments
}

function hostile(place: number): string {
  const part = parts[place % parts.length] ?? ''
  return `${place} ${part.repeat(length)}`.slice(0, length)
}

/** Until nothing of it waits any more. */
export async function followAll(deps: Dependencies): Promise<void> {
  while (await followOnce(deps, strict));
}
