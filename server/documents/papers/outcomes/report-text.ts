import { accountNames, outcomeNames } from '../../../rules/answers/responses.ts'
import { shanghaiDay } from '../../../rules/days.ts'
import { channelNames } from '../../../rules/names.ts'
import type { OutcomeNumbers } from '../../../rules/outcomes/report-numbers.ts'

interface ReportFacts {
  title: string
  organ: string
  opensAt: Date
  closesAt: Date
}

/** A reason that answers gave, to how many points, and of which clauses, as they are called. */
export interface GivenReason {
  outcome: string
  reason: string
  count: number
  clauses: string[]
}

/** 公开征求意见情况说明, as it can be written from the data alone: paragraphs separated by an empty line. */
export function reportText(
  { title, organ, opensAt, closesAt }: ReportFacts,
  counts: OutcomeNumbers,
  reasons: GivenReason[],
): string {
  const { received, submissions, people, late, admitted, states, channels, outcomes, points, endorsements } =
    counts
  const of = (found: Record<string, number>, key: string) => found[key] ?? 0
  const byChannel = Object.entries(channelNames).filter(([key]) => of(channels, key) > 0)
  const unit = points ? '条具体意见' : '条'
  const [during, afterwards] =
    late > 0 ? ['征求意见期间及截止之后', `，其中截止之后收到的逾期意见${late}条`] : ['征求意见期间', '']
  const paragraphs = [
    `${organ}于${chineseDay(opensAt)}至${chineseDay(closesAt)}就《${title}》向社会公开征求意见。现将有关情况说明如下。`,
    `一、征求意见的情况\n${during}，共收到意见${received}条（${submissions === undefined ? '' : `${submissions}件，`}${people}人次）${received > 0 ? `，其中${byChannel.map(([key, name]) => `${name}${of(channels, key)}条`).join('、')}` : ''}${afterwards}。经审核，公开${of(states, 'published')}条，不公开${of(states, 'withheld')}条，不纳入${of(states, 'refused')}条，提交人撤回${of(states, 'withdrawn')}条。${endorsements > 0 ? `另有对公开意见的附议${endorsements}人次（未核实，单独统计，不计入意见条数）。` : ''}`,
    `二、意见的研究采纳情况\n对纳入研究的意见${admitted}条逐条研究：${Object.entries(accountNames)
      .filter(([key]) => key !== 'no_proposal' || of(outcomes, key) > 0)
      .map(([key, name]) => `${name}${of(outcomes, key)}条${share(of(outcomes, key), admitted)}`)
      .join('，')}。${points ? inPoints(points) : ''}`,
    ...mainReasons('三、主要采纳意见', reasons, ['adopted', 'partly_adopted'], unit),
    ...mainReasons('四、未采纳的主要理由', reasons, ['not_adopted'], unit),
    '感谢社会各界对本次征求意见工作的关心和支持。',
  ]
  return paragraphs.join('\n\n')
}

/** Comments are parted into points; both are told, so that parting raises no rate. */
function inPoints({ total, outcomes }: NonNullable<OutcomeNumbers['points']>): string {
  const each = Object.entries(outcomeNames).map(([key, name]) => {
    const count = outcomes[key] ?? 0
    return `${name}${count}条具体意见${share(count, total, '条具体意见')}`
  })
  return `以上意见梳理为${total}条具体意见：${each.join('，')}。`
}

/** A percentage never stands without its base. */
function share(count: number, base: number, unit = '条'): string {
  return base > 0 ? `（占${base}${unit}的${((count / base) * 100).toFixed(1)}%）` : ''
}

function mainReasons(heading: string, reasons: GivenReason[], outcomes: string[], unit: string): string[] {
  const main = reasons
    .filter(({ outcome }) => outcomes.includes(outcome))
    .sort((a, b) => b.count - a.count)
    .slice(0, 10)
  if (main.length === 0) return []
  const lines = main.map(
    ({ reason, count, clauses }, i) =>
      `${i + 1}. ${placesOf(clauses)}${withoutStop(reason)}（涉及${count}${unit}）。`,
  )
  return [`${heading}\n${lines.join('\n')}`]
}

/** 关于二、（一）和三、（五）： */
function placesOf(clauses: string[]): string {
  if (clauses.length === 0) return ''
  const shown = clauses.slice(0, mostClauses).join('，')
  return `关于${shown}${clauses.length > mostClauses ? `等${clauses.length}处` : ''}：`
}
const mostClauses = 3

const withoutStop = (sentence: string) => sentence.trimEnd().replace(/[。.；;]$/, '')

/** 2026年11月1日, in Shanghai; official papers set no spaces (GB/T 9704). */
export function chineseDay(instant: Date): string {
  const [year, month, day] = shanghaiDay(instant).split('-').map(Number)
  return `${year}年${month}月${day}日`
}
