import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { uploads } from '../plugins/uploads.ts'
import { comment } from './comments/comment.ts'
import { commentFiles } from './comments/comment-files.ts'
import { comments } from './comments/comments.ts'
import { endorsements } from './comments/endorsements.ts'
import { explanation } from './consultations/explanation.ts'
import { feed } from './consultations/feed.ts'
import { home } from './consultations/home.ts'
import { moderation } from './consultations/moderation.ts'
import { notice } from './consultations/notice.ts'
import { sitemap } from './consultations/sitemap.ts'
import { annotated } from './drafts/annotated.ts'
import { clause } from './drafts/clause.ts'
import { compare } from './drafts/compare.ts'
import { difference } from './drafts/difference.ts'
import { draft } from './drafts/draft.ts'
import { draftFiles } from './drafts/draft-files.ts'
import { outcome } from './outcomes/outcome.ts'
import { concern } from './points/concern.ts'
import { privacy } from './privacy.ts'
import { receipt } from './receipts/receipt.ts'
import { receiptActs } from './receipts/receipt-acts.ts'
import { receiptProof } from './receipts/receipt-proof.ts'
import { receiptWords } from './receipts/receipt-words.ts'
import { receipts } from './receipts/receipts.ts'
import { privacyReports } from './retractions/privacy-reports.ts'
import { security } from './security.ts'
import { takeFiles } from './submissions/attached-files.ts'
import { commentForm } from './submissions/comment-form.ts'
import { feedbackForm, filledForm, typedFeedbackForm } from './submissions/feedback-form.ts'
import { review } from './submissions/review.ts'
import { submissions } from './submissions/submissions.ts'
import { transparency } from './transparency/transparency.ts'
import { transparencyFiles } from './transparency/transparency-files.ts'

/** The citizens' site: no session, no cookie. */
export async function publicSite(app: FastifyInstance, deps: Dependencies): Promise<void> {
  home(app, deps)
  notice(app, deps)
  explanation(app, deps)

  draft(app, deps)
  draftFiles(app, deps)
  clause(app, deps)
  annotated(app, deps)
  compare(app, deps)
  concern(app, deps)

  comments(app, deps)
  comment(app, deps)
  commentFiles(app, deps)
  endorsements(app, deps)
  privacyReports(app, deps)
  moderation(app, deps)
  feed(app, deps)

  difference(app, deps)
  await app.register(async (sending) => {
    await takeFiles(sending, deps)
    commentForm(sending, deps)
    review(sending, deps)
    submissions(sending, deps)
    typedFeedbackForm(sending, deps)
  })
  await app.register(async (filled) => {
    await filled.register(uploads, filledForm)
    feedbackForm(filled, deps)
  })

  receipt(app, deps)
  receipts(app, deps)
  receiptActs(app, deps)
  receiptProof(app, deps)
  receiptWords(app, deps)
  transparency(app, deps)
  transparencyFiles(app, deps)
  outcome(app, deps)
  privacy(app, deps)
  security(app, deps)
  sitemap(app, deps)
}
