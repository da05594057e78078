import { answersTo } from '../../../../db/queries/answers/answers.ts'
import {
  campaignGroups,
  campaignNumbers,
  inCampaigns,
} from '../../../../db/queries/campaigns/campaign-groups.ts'
import type { ReadComment } from '../../../../db/queries/comments/reading.ts'
import { shanghaiMinute } from '../../../rules/days.ts'
import type { TablePaper } from '../../formats/cells.ts'
import type { PaperRequest } from '../paper-request.ts'
import { campaignTable } from './campaign-list.ts'
import { personBehind } from './persons.ts'
import { scopedComments, summedUp } from './scoped-comments.ts'
import { type SummaryEntry, summaryTable } from './summary-table.ts'

/**
 * 意见汇总表, in document order, with each comment's answer: of all admitted comments, or in the public scope of the
 * published ones. Comments of a campaign are one row with their count; who they are stands in the list behind.
 */
export async function summaryPaper(request: PaperRequest): Promise<TablePaper> {
  const { db, consultation, places, scope, now } = request
  const numbers = await campaignNumbers(db, consultation.id)
  return {
    title: summaryTitle(scope),
    facts: [
      consultation.title,
      `截至 ${shanghaiMinute(now)} ${summedUpName(scope)}，按条款顺序排列。同类意见合为一行并注明条数，“条数”合计即全部意见。`,
    ],
    ...summaryTable(summaryEntries(request, numbers), places, scope === 'personal'),
    annex: campaignTable(request, numbers),
  }
}

export function summaryTitle(scope: PaperRequest['scope']): string {
  return scope === 'public' ? '公开意见表' : '意见汇总表'
}

/** What the summary is of. */
export function summedUpName(scope: PaperRequest['scope']): string {
  return scope === 'public' ? '已公开的意见' : '纳入研究的意见（内部使用）'
}

/**
 * The summary's rows in document order: comments, and one for all of a campaign's on a clause that got one answer.
 * @param numbers of the campaigns
 */
export async function* summaryEntries(
  request: PaperRequest,
  numbers: ReadonlyMap<string, number>,
): AsyncGenerator<SummaryEntry> {
  const { db, places, filters } = request
  const chosen = summedUp(request)
  const clauses = filters.clause ? [filters.clause] : places.keys()
  for (const clause of clauses) {
    const groups = new Map(
      (await campaignGroups(db, chosen, clause)).map(({ firstId, campaignId, count }) => [
        firstId,
        { number: numbers.get(campaignId) ?? 0, count },
      ]),
    )
    const comments = scopedComments({ ...request, filters: { ...filters, clause } }, chosen.states)
    for await (const page of pagesOf(comments, 500)) yield* rowsOf(request, page, groups)
  }
}

/** Of a campaign's comments only the first of each group makes a row. */
async function* rowsOf(
  { db, scope, seals, consultation }: PaperRequest,
  page: ReadComment[],
  groups: ReadonlyMap<string, { number: number; count: number }>,
): AsyncGenerator<SummaryEntry> {
  const ids = page.map(({ id }) => id)
  // Answers are made known with the outcome.
  const isTold = scope !== 'public' || consultation.outcomeAt !== null
  const [members, answers] = await Promise.all([inCampaigns(db, ids), answersTo(db, isTold ? ids : [])])
  for (const comment of page) {
    const campaign = groups.get(comment.id) ?? null
    if (members.has(comment.id) && !campaign) continue
    const person = personBehind(comment, scope, seals)
    yield { comment, campaign, answer: answers.get(comment.id) ?? null, person }
  }
}

async function* pagesOf<Row>(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
  let page: Row[] = []
  for await (const row of rows) {
    page.push(row)
    if (page.length < size) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
