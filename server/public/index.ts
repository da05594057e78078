import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { annotated } from './annotated.ts'
import { takeFiles } from './attached-files.ts'
import { clauses } from './clauses.ts'
import { comment } from './comment.ts'
import { commentDownloads } from './comment-downloads.ts'
import { commentForm } from './comment-form.ts'
import { comments } from './comments.ts'
import { compare } from './compare.ts'
import { difference } from './difference.ts'
import { downloads } from './downloads.ts'
import { draft } from './draft.ts'
import { draftJson } from './draft-json.ts'
import { endorsements } from './endorsements.ts'
import { feed } from './feed.ts'
import { feedbackForm } from './feedback-form.ts'
import { home } from './home.ts'
import { moderation } from './moderation.ts'
import { notice } from './notice.ts'
import { outcome } from './outcome.ts'
import { privacy } from './privacy.ts'
import { receiptActs } from './receipt-acts.ts'
import { receipts } from './receipts.ts'
import { review } from './review.ts'
import { submissions } from './submissions.ts'

/** The citizens' site: no session, no cookie. */
export async function publicSite(app: FastifyInstance, deps: Dependencies): Promise<void> {
  await app.register(home, deps)
  await app.register(draft, deps)
  await app.register(draftJson, deps)
  await app.register(clauses, deps)
  await app.register(comments, deps)
  await app.register(commentDownloads, deps)
  await app.register(comment, deps)
  await app.register(annotated, deps)
  await app.register(endorsements, deps)
  await app.register(feed, deps)
  await app.register(difference, deps)
  await app.register(feedbackForm, deps)
  await app.register(async (sending) => {
    await takeFiles(sending, deps)
    await sending.register(commentForm, deps)
    await sending.register(review, deps)
    await sending.register(submissions, deps)
  })
  await app.register(outcome, deps)
  await app.register(compare, deps)
  await app.register(moderation, deps)
  await app.register(notice, deps)
  await app.register(downloads, deps)
  await app.register(receipts, deps)
  await app.register(receiptActs, deps)
  await app.register(privacy, deps)
}
