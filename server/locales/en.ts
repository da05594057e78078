import { commentsTexts } from './en/comments.ts'
import { draftTexts } from './en/draft.ts'
import { feedbackFormTexts } from './en/feedback-form.ts'
import { formTexts } from './en/form.ts'
import { outcomeTexts } from './en/outcome.ts'
import { receiptTexts } from './en/receipt.ts'
import { siteTexts } from './en/site.ts'
import { transparencyTexts } from './en/transparency.ts'
import type { Texts } from './zh.ts'

/** The interface in English. Drafts and comments stay in the language in which they were written. */
export const en: Texts = {
  ...siteTexts,
  ...draftTexts,
  ...commentsTexts,
  ...formTexts,
  ...feedbackFormTexts,
  ...receiptTexts,
  ...outcomeTexts,
  ...transparencyTexts,
}
