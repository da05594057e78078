import { desc } from 'drizzle-orm'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { type NewComment, type NewSubmission, submit } from '../../db/queries/submissions/submissions.ts'
import { comments } from '../../db/schema/index.ts'
import type { TestPortal } from '../build.ts'

export interface StoredComment {
  id: string
  publicId: string
  clause: string
  code: string
}

/** A comment that a citizen has sent to the seed consultation, waiting to be judged. */
export async function aComment(
  { db, deps }: TestPortal,
  part: Partial<NewComment> = {},
  submission: Partial<NewSubmission> = {},
): Promise<StoredComment> {
  const consultation = await findConsultation(db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not loaded')
  const comment: NewComment = {
    clause: 'p7',
    stance: 'amend',
    body: '建议把时限写明确',
    proposal: null,
    wording: null,
    quote: null,
    ...part,
  }
  const { code } = await submit(
    db,
    deps.seals,
    {
      consultationId: consultation.id,
      round: 1,
      channel: 'web',
      identity: 'individual',
      name: null,
      showName: false,
      organisation: null,
      region: null,
      contact: null,
      visibility: 'public',
      comments: [comment],
      attachments: [],
      ...submission,
    },
    crypto.randomUUID(),
    deps.now(),
  )
  const [stored] = await db.query.select().from(comments).orderBy(desc(comments.number)).limit(1)
  if (!stored) throw new Error('nothing was stored')
  return { id: stored.id, publicId: stored.publicId, clause: stored.clause, code }
}

const day = 24 * 60 * 60 * 1000

/** The same for several, each a day after the one before and the last one now: so the queue's order is theirs. */
export async function oneADay(portal: TestPortal, parts: Partial<NewComment>[]): Promise<StoredComment[]> {
  const { now } = portal.clock
  const stored: StoredComment[] = []
  for (const [place, part] of parts.entries()) {
    portal.clock.now = new Date(now.getTime() - (parts.length - 1 - place) * day)
    stored.push(await aComment(portal, part))
  }
  portal.clock.now = now
  return stored
}
