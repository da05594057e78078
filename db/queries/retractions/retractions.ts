import { eq } from 'drizzle-orm'
import { shanghaiDay } from '../../../server/rules/days.ts'
import { explanationFact } from '../../../server/rules/evidence/office-facts.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { idAt } from '../../id-at.ts'
import { consultations, outcomes, retractedTexts, retractions } from '../../schema/index.ts'
import { atomicallySealed } from '../../sealing/key-ring.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { raiseRevision } from '../consultations/consultations.ts'
import { overwriteLater } from '../erasures.ts'
import { remakePapers } from '../papers/jobs.ts'
import { keepHidden } from '../versions/office-versions.ts'
import { fetchedSince } from './fetches.ts'
import type { Retracting, ToRetract } from './held-words.ts'
import { forgetSaid, hideIn } from './office-texts.ts'
import { takeOut } from './public-comments.ts'
import { pagesHolding, publicSince, retractedRows, wordsPlace } from './retraction-records.ts'

/** As many comments in one list as keep the writer for some tens of milliseconds. */
const commentsAList = 200

/**
 * 立即隐去: takes all of it out of the public, so that from the next request on no page and no file holds it, on any node.
 * Papers are made again. What the office's texts said is kept sealed.
 * @returns the id of the record
 * @throws Refused where something of it has changed since it was read
 */
export async function retract(
  db: Database,
  seals: Seals,
  consultation: Retracting,
  what: ToRetract,
  act: Act,
): Promise<string> {
  const id = idAt(act.now)
  const consultationId = consultation.id
  const rows = () => retractedRows(seals, id, consultation, what)
  const since = publicSince(rows()) ?? act.now
  const fetched = await fetchedSince(db, consultation.slug, pagesHolding(what), shanghaiDay(since))
  const words = () => (what.words === null ? null : seals.seal(what.words, wordsPlace(id)))
  const record = { id, consultationId, cause: what.cause, fetched }
  await atomicallySealed(db, seals, (tx) => [
    tx.insert(retractions).values({ ...record, words: words(), staffId: act.staffId, createdAt: act.now }),
    ...rows().map((row) => tx.insert(retractedTexts).values(row)),
    // Before the comments: with these goes what an edition has kept of them.
    ...hideTexts(tx, what, act),
    ...what.comments.slice(0, commentsAList).flatMap((comment) => takeOut(tx, comment, what.cause, act)),
    ...(what.file ? [withoutFile(tx, consultationId, act.now)] : []),
    remakePapers(tx, consultationId, act.now),
    raiseRevision(tx, consultationId),
    overwriteLater(tx),
    logAct(tx, act, 'retraction.make', id, {
      cause: what.cause,
      comments: what.comments.length,
      texts: what.texts.length,
    }),
  ])
  for (let done = commentsAList; done < what.comments.length; done += commentsAList) {
    const next = what.comments.slice(done, done + commentsAList)
    await db.atomically((tx) => next.flatMap((comment) => takeOut(tx, comment, what.cause, act)))
  }
  return id
}

/**
 * Editions that lose words tell when. Whatever lies open with the words in it counts as opened before, so that it is not
 * saved over what stands then.
 */
function hideTexts(tx: Query, { texts, words }: ToRetract, act: Act): Statement[] {
  const { now } = act
  if (words === null) return []
  const editions = texts.flatMap(({ source, key }) =>
    source.place === 'edition' || source.place === 'row' ? [String(key[0])] : [],
  )
  return [
    ...texts.flatMap((text) => [...forgetSaid(tx, text), must('stale', hideIn(tx, text, words, now))]),
    ...texts.flatMap(({ source, key }) => (source.place === 'version' ? [keepHidden(tx, key, act)] : [])),
    ...[...new Set(editions)].map((id) =>
      tx.update(outcomes).set({ retractedAt: now }).where(eq(outcomes.id, id)),
    ),
  ]
}

function withoutFile(tx: Pick<Query, 'update'>, id: string, now: Date) {
  return attests(
    tx.update(consultations).set({ explanationFile: null }).where(eq(consultations.id, id)),
    now,
    explanationFact(id, null),
  )
}
