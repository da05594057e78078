import type { AnsweredCell } from '../../../db/queries/answers/progress.ts'
import type { CountCell } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { daysBetween, shanghaiDay } from '../../rules/days.ts'
import { readingAddress } from './reading-address.ts'

/** A number that stands large, and what it leads to. */
export interface Card {
  value: string
  label: string
  href: string
}

/** What the cards count besides comments and answers. */
interface Totals {
  submissions: number
  people: number
  late: number
  alike: { campaigns: number; comments: number }
}

/** The numbers that stand large; a percentage says of what. */
export function cardsOf(
  consultation: Consultation,
  cells: CountCell[],
  answers: AnsweredCell[],
  { submissions, people, late, alike }: Totals,
  now: Date,
): Card[] {
  const [admitted, answered] = [admittedIn(cells), answeredIn(answers)]
  const taken = answeredIn(
    answers.filter(({ outcome }) => outcome === 'adopted' || outcome === 'partly_adopted'),
  )
  const { slug } = consultation
  const approved = `/office/${slug}/responses?state=approved`
  return [
    {
      value: String(cells.reduce((sum, { count }) => sum + count, 0)),
      label: `条意见，${submissions} 件，${people} 人次${late > 0 ? `，其中逾期 ${late} 条` : ''}`,
      href: readingAddress(slug, {}),
    },
    {
      value: String(alike.campaigns),
      label: `组同类意见，含 ${alike.comments} 条`,
      href: alike.campaigns > 0 ? '#by-campaign' : readingAddress(slug, {}),
    },
    { value: `${answered} / ${admitted}`, label: '已答复 / 纳入研究的意见（条）', href: approved },
    {
      value: answered > 0 ? `${Math.round((taken / answered) * 100)}%` : '—',
      label: `采纳或部分采纳，占已答复 ${answered} 条`,
      href: approved,
    },
    { ...deadline(consultation, now), href: `/office/${slug}/outcome` },
  ]
}

/** How many of these comments were admitted. */
export function admittedIn(cells: CountCell[]): number {
  const states: readonly string[] = admittedStates
  return cells.reduce((sum, cell) => (states.includes(cell.state) ? sum + cell.count : sum), 0)
}

/** How many of them have an approved answer. */
export function answeredIn(cells: AnsweredCell[]): number {
  return cells.reduce((sum, cell) => sum + cell.count, 0)
}

function deadline({ closesAt, outcomePromisedOn, outcomeAt }: Consultation, now: Date) {
  const today = shanghaiDay(now)
  if (outcomeAt) return { value: shanghaiDay(outcomeAt), label: '结果已公布' }
  if (now <= closesAt)
    return { value: `${daysBetween(today, shanghaiDay(closesAt))} 天`, label: '距征求意见截止' }
  if (outcomePromisedOn)
    return { value: `${daysBetween(today, outcomePromisedOn)} 天`, label: '距承诺公布结果' }
  return { value: '已截止', label: '尚未承诺公布结果的日期' }
}
