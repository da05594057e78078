import { endorse } from '../../db/queries/comments/endorsements.ts'
import { publishedComments } from '../../db/queries/comments/published-comments.ts'
import { saveParticipation } from '../../db/queries/consultations/consultation-settings.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../dependencies.ts'

const endorsedComments = 40

/** Lets the demonstration consultation offer everything, and its newest published comments be endorsed unevenly. */
export async function addDemonstrationEndorsements(
  deps: Dependencies,
  slug: string,
  drafterId: string,
): Promise<void> {
  const { db, seals, now } = deps
  const consultation = await findConsultation(db, slug)
  if (!consultation) throw new Error(`there is no consultation ${slug}`)
  const { offlineChannels, personFields, regions, outcomePromisedOn } = consultation
  await saveParticipation(
    db,
    consultation,
    { offlineChannels, personFields, regions, outcomePromisedOn, offers: ['endorsements', 'attachments'] },
    { staffId: drafterId, now: now() },
  )
  const { comments } = await publishedComments(deps, consultation, {}, now(), endorsedComments)
  for (const [place, { id: publicId }] of comments.entries()) {
    for (let i = 0; i < (place * 7) % 12; i++) {
      const endorsed = { consultationId: consultation.id, publicId }
      await endorse(db, seals, endorsed, `demonstration-${place}-${i}`, now())
    }
  }
}
