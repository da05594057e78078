import { endorse } from '../../db/queries/comments/endorsements.ts'
import { publishedComments } from '../../db/queries/comments/published-comments.ts'
import { saveParticipation } from '../../db/queries/consultations/consultation-settings.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../dependencies.ts'

const endorsedComments = 40
/** More than a demonstration has. */
const all = 1000

/**
 * Lets the demonstration consultation offer everything, and some of its published comments be endorsed unevenly: by their
 * words the same ones each time, since in the order in which they are public they stand by chance.
 */
export async function addDemonstrationEndorsements(
  deps: Dependencies,
  slug: string,
  drafterId: string,
): Promise<void> {
  const { db, seals, now } = deps
  const consultation = await findConsultation(db, slug)
  if (!consultation) throw new Error(`there is no consultation ${slug}`)
  const { offlineChannels, personFields, regions, outcomePromisedOn, headTimes } = consultation
  await saveParticipation(
    db,
    consultation,
    {
      offlineChannels,
      personFields,
      regions,
      outcomePromisedOn,
      headTimes,
      offers: ['endorsements', 'attachments'],
    },
    { staffId: drafterId, now: now() },
  )
  const { comments } = await publishedComments(deps, consultation, {}, now(), all)
  const byWords = comments.toSorted((a, b) => (`${a.clause} ${a.body}` < `${b.clause} ${b.body}` ? -1 : 1))
  for (const [place, { id: publicId }] of byWords.slice(0, endorsedComments).entries()) {
    for (let i = 0; i < (place * 7) % 12; i++) {
      const endorsed = { consultationId: consultation.id, publicId }
      await endorse(db, seals, endorsed, `demonstration-${place}-${i}`, now())
    }
  }
}
