import {
  campaignNumbers,
  type ListedMember,
  membersOf,
} from '../../../../db/queries/campaigns/campaign-groups.ts'
import { shanghaiMinute } from '../../../rules/days.ts'
import { shownTime } from '../../../rules/papers/scopes.ts'
import type { Cell, Column, TablePaper } from '../../formats/cells.ts'
import type { PaperRequest } from '../paper-request.ts'
import { holdsNothingYet, orderFor, summedUp } from './scoped-comments.ts'

const pageSize = 1000

const columns: (Column & { isInternal: boolean })[] = [
  { header: '组号', width: 6, isInternal: false },
  { header: '条款', width: 12, isInternal: false },
  { header: '意见编号', width: 38, isInternal: false },
  { header: '回执号', width: 22, isInternal: true },
  { header: '反馈人', width: 10, isInternal: false },
  { header: '收到时间', width: 17, isInternal: false },
  { header: '与本组首条', width: 12, isInternal: false },
  { header: '意见内容（与首条不同的）', width: 50, isInternal: false },
]

/**
 * 同类意见清单: each comment that 意见汇总表 counts in a campaign's row, by the campaign's number. A near copy is given in
 * full, since what it adds to the form letter may be what matters.
 */
export async function campaignList(request: PaperRequest): Promise<TablePaper> {
  return campaignTable(request, await campaignNumbers(request.db, request.consultation.id))
}

/** The same, with the campaigns' numbers. */
export function campaignTable(request: PaperRequest, numbers: ReadonlyMap<string, number>): TablePaper {
  const { consultation, scope, now } = request
  const isShown = (_: unknown, i: number) => scope !== 'public' || !columns[i]?.isInternal
  return {
    title: '同类意见清单',
    facts: [consultation.title, `截至 ${shanghaiMinute(now)}。组号与《意见汇总表》一致。`],
    columns: columns.filter(isShown),
    rows: rows(request, numbers, isShown),
  }
}

async function* rows(
  request: PaperRequest,
  numbers: ReadonlyMap<string, number>,
  isShown: (cell: unknown, i: number) => boolean,
): AsyncGenerator<Cell[]> {
  for await (const member of holdsNothingYet(request) ? [] : everyMember(request)) {
    const isFirst = member.id === member.representativeId
    const cells: Cell[] = [
      numbers.get(member.campaignId) ?? null,
      request.places.get(member.clause)?.citation ?? member.clause,
      member.publicId,
      member.receiptNumber,
      member.maskedName,
      shownTime(member.createdAt, request.scope),
      isFirst ? '首条' : member.identical ? '一字不差' : `相似 ${member.similarity / 10}%`,
      isFirst || member.identical ? null : member.body,
    ]
    yield cells.filter(isShown)
  }
}

async function* everyMember(request: PaperRequest): AsyncGenerator<ListedMember> {
  let after: ListedMember | null = null
  while (true) {
    const page: ListedMember[] = await membersOf(
      request.db,
      summedUp(request),
      orderFor(request.scope),
      after,
      pageSize,
    )
    yield* page
    after = page.at(-1) ?? null
    if (page.length < pageSize) return
  }
}
