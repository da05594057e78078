import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { comment } from './comments/comment.ts'
import { commentDownloads } from './comments/comment-downloads.ts'
import { comments } from './comments/comments.ts'
import { endorsements } from './comments/endorsements.ts'
import { feed } from './consultations/feed.ts'
import { home } from './consultations/home.ts'
import { moderation } from './consultations/moderation.ts'
import { notice } from './consultations/notice.ts'
import { annotated } from './drafts/annotated.ts'
import { clauses } from './drafts/clause.ts'
import { compare } from './drafts/compare.ts'
import { difference } from './drafts/difference.ts'
import { downloads } from './drafts/downloads.ts'
import { draft } from './drafts/draft.ts'
import { draftJson } from './drafts/draft-json.ts'
import { outcome } from './outcomes/outcome.ts'
import { privacy } from './privacy.ts'
import { receiptActs } from './receipts/receipt-acts.ts'
import { receipts } from './receipts/receipts.ts'
import { takeFiles } from './submissions/attached-files.ts'
import { commentForm } from './submissions/comment-form.ts'
import { feedbackForm } from './submissions/feedback-form.ts'
import { review } from './submissions/review.ts'
import { submissions } from './submissions/submissions.ts'

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
