import { commentsTexts } from './zh/comments.ts'
import { draftTexts } from './zh/draft.ts'
import { feedbackFormTexts } from './zh/feedback-form.ts'
import { formTexts } from './zh/form.ts'
import { outcomeTexts } from './zh/outcome.ts'
import { receiptTexts } from './zh/receipt.ts'
import { siteTexts } from './zh/site.ts'
import { transparencyTexts } from './zh/transparency.ts'

/** Every text of the citizens' site that is not somebody's own words. The keys of the other languages come from here. */
export const zh = {
  ...siteTexts,
  ...draftTexts,
  ...commentsTexts,
  ...formTexts,
  ...feedbackFormTexts,
  ...receiptTexts,
  ...outcomeTexts,
  ...transparencyTexts,
}

export type Texts = typeof zh
