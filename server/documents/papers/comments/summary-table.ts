import type { GivenAnswer } from '../../../../db/queries/answers/answers.ts'
import type { ReadComment } from '../../../../db/queries/comments/reading.ts'
import { correctionNote } from '../../../rules/answers/correction-note.ts'
import { accountNames } from '../../../rules/answers/responses.ts'
import { nameOf, proposalNames } from '../../../rules/names.ts'
import type { Cell, Column, Table } from '../../formats/cells.ts'
import type { ClausePlace } from '../clause-places.ts'
import { authorOf, type Person } from './persons.ts'

/** A comment with what was answered to it, and what may be shown of who sent it. */
export interface SummaryEntry {
  comment: ReadComment
  /** The campaign for whose comments it stands here, and how many they are; null: it stands for itself. */
  campaign: { number: number; count: number } | null
  answer: GivenAnswer | null
  person: Person
}

const columns: Column[] = [
  { header: '序号', width: 6 },
  { header: '条款', width: 12 },
  { header: '原文', width: 34 },
  { header: '修改意见', width: 40 },
  { header: '理由', width: 34 },
  { header: '条数', width: 6 },
  { header: '提出单位/个人', width: 16 },
  { header: '采纳情况', width: 12 },
  { header: '说明', width: 28 },
]
const contactColumn: Column = { header: '联系方式', width: 14 }

/** 意见汇总表: comments in document order, each with its clause's text and its answer. @param contacts whether 联系方式 may be known */
export function summaryTable(
  entries: AsyncIterable<SummaryEntry>,
  places: ReadonlyMap<string, ClausePlace>,
  contacts: boolean,
): Table {
  return {
    columns: contacts ? columns.toSpliced(7, 0, contactColumn) : columns,
    rows: rows(entries, places, contacts),
  }
}

async function* rows(
  entries: AsyncIterable<SummaryEntry>,
  places: ReadonlyMap<string, ClausePlace>,
  contacts: boolean,
): AsyncGenerator<Cell[]> {
  let number = 0
  for await (const { comment, campaign, answer, person } of entries) {
    number++
    const { citation, text } = places.get(comment.clause) ?? { citation: comment.clause, label: '', text: '' }
    yield [
      number,
      citation,
      text,
      ...opinionAndReason(comment, comment.body),
      campaign?.count ?? 1,
      campaign
        ? `同类意见第 ${campaign.number} 组，名单见附表`
        : authorOf(comment, person) + (comment.late ? '（逾期）' : ''),
      ...(contacts ? [campaign ? null : person.contact] : []),
      answer ? nameOf(accountNames, answer.outcome) : '待研究',
      answer ? [answer.reason, correctionNote(answer)].filter(Boolean).join('\n') : null,
    ]
  }
}

/** Where a comment proposes a wording, that is the opinion and what it says the reason; else what it says is the opinion. */
export function opinionAndReason(
  { proposal, wording, quote }: ReadComment,
  body: string,
): [string, string | null] {
  if (!proposal) return [body, null]
  const where = quote ? `“${quote.exact}”` : '本条'
  const what = wording ? `：${wording}` : ''
  return [`${where}${nameOf(proposalNames, proposal)}${what}`, body]
}
