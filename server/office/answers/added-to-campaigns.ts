import type { SampledAnswer } from '../../../db/queries/answers/sampled-answers.ts'
import type { DifferingCopy } from '../../../db/queries/campaigns/differing-copies.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { nameOf } from '../../rules/names.ts'
import { ownSentences } from '../../text/comparing/fingerprints.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { readingAddress } from '../comments/reading-address.ts'
import type { Warning } from './compared-answers.ts'

/** What senders added to a campaign, where it is answered by the campaign's answer or by none. */
export function addedToCampaigns(
  slug: string,
  answers: readonly SampledAnswer[],
  copies: readonly DifferingCopy[],
): Warning[] {
  return answers.flatMap(({ id, outcome, campaignId }) => {
    const added = copies.filter(
      (copy) =>
        copy.campaignId === campaignId &&
        (copy.isUnanswered || copy.responseId === id) &&
        ownSentences(copy.first, copy.body).some(({ own }) => own),
    )
    const [first] = added
    if (!campaignId || !first) return []
    const open = added.filter(({ isUnanswered }) => isUnanswered).length
    const parts = [
      added.length > open ? `${added.length - open} 条随同一份答复办理` : '',
      open > 0 ? `${open} 条还没有答复` : '',
    ].filter((part) => part !== '')
    return [
      {
        text: `同类意见“${excerpt(first.first, 30)}”里 ${added.length} 条另外写了内容：${parts.join('，')}。`,
        links: [
          { name: `答复：${nameOf(outcomeNames, outcome)}`, href: `/office/${slug}/responses/${id}` },
          { name: '这组意见', href: readingAddress(slug, { campaign: campaignId }) },
        ],
        more: 0,
      },
    ]
  })
}
