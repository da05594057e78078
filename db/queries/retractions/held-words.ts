import type { RetractionCause } from '../../../server/rules/retractions/public-places.ts'
import type { Database } from '../../database.ts'
import type { Seals } from '../../sealing/sealed.ts'
import type { Consultation } from '../consultations/consultations.ts'
import { type OfficeText, textsHolding } from './office-texts.ts'
import { commentsHolding, type PublicComment } from './public-comments.ts'

/** All that is to be taken out of the public in one act. */
export interface ToRetract {
  /** Hidden wherever they stand; null where a whole comment is taken out, or only the file. */
  words: string | null
  cause: RetractionCause
  comments: PublicComment[]
  texts: OfficeText[]
  /** Whether the file of the 起草说明 goes. */
  file: boolean
}

/** Where it happens. */
export type Retracting = Pick<Consultation, 'id' | 'slug' | 'publishedAt' | 'explanationFile'>

/** What of a consultation holds the words in public. A file of the 起草说明 goes with the text that was read from it. */
export async function whatHolds(
  db: Database,
  seals: Seals,
  { id, explanationFile }: Retracting,
  words: string,
): Promise<Pick<ToRetract, 'comments' | 'texts' | 'file'>> {
  const [comments, texts] = await Promise.all([
    commentsHolding(db, seals, id, words),
    textsHolding(db, id, words),
  ])
  const inExplanation = texts.some(({ source }) => source.place === 'explanation')
  return { comments, texts, file: explanationFile !== null && inExplanation }
}
