import { accountNames, outcomeNames } from '../answers/responses.ts'
import { channelNames, nameOf, stateNames } from '../names.ts'

/** What an edition's report may name; kept with it, so that it can be checked against them for ever. */
export interface OutcomeNumbers {
  received: number
  /** 件; not there in what was published before they were told apart from people. */
  submissions?: number
  /** 人次: of each submission one, and of the minutes of a meeting as many as were present. */
  people: number
  /** Of the received, those that came after closing. */
  late: number
  admitted: number
  states: Record<string, number>
  channels: Record<string, number>
  outcomes: Record<string, number>
  /** 具体意见, of all that was admitted; not there where no comment was parted. */
  points?: { total: number; outcomes: Record<string, number> }
  /** 附议 that stand with published comments, in 人次; none of them is in the other counts. */
  endorsements: number
}

/** A number in a report that the data does not bear out. */
interface WrongNumber {
  /** What stands in the report, such as 收到意见 412 条. */
  said: string
  /** What the data says. */
  actual: number
}

/**
 * Checks every number of a report that says what it counts (收到 … N 条, N 人次, 采纳 N 条, 网上 N 条, 附议 N 人次) against
 * the data.
 * Numbers about something else are left alone.
 */
export function wrongNumbers(report: string, counts: OutcomeNumbers): WrongNumber[] {
  return statements(counts).flatMap(({ pattern, actual }) =>
    [...report.matchAll(pattern)]
      .filter((match) => Number(match.groups?.number) !== actual)
      .map((match) => ({ said: match[0], actual })),
  )
}

function statements(counts: OutcomeNumbers) {
  const { received, submissions, people, late, admitted, states, channels, outcomes, points, endorsements } =
    counts
  const number = '\\s*(?<number>\\d+)\\s*'
  const one = (words: string, unit: string, actual: number) => ({
    pattern: new RegExp(`${words}${number}${unit}`, 'g'),
    actual,
  })
  const each = (
    names: Readonly<Record<string, string>>,
    found: Record<string, number>,
    unit = '条(?!具体意见)',
  ) =>
    Object.keys(names).map((key) =>
      // 部分采纳 and 未采纳 end in 采纳, 不公开 in 公开: none of them is the shorter word's number.
      one(`(?<![部分未不])${nameOf(names, key)}(?:意见)?`, unit, found[key] ?? 0),
    )
  return [
    one('收到(?:公众)?(?:意见)?(?:建议)?', '条', received),
    one('逾期(?:收到)?(?:的)?(?:意见)?', '条', late),
    one('纳入研究(?:的意见)?', '条', admitted),
    ...(submissions === undefined ? [] : [piecesBeforePeople(submissions)]),
    one('附议', '人次', endorsements),
    // 附议 is counted in 人次 too, and apart.
    { pattern: /(?<!\d)(?=\d)(?<!附议\s*)(?<number>\d+)\s*人次/g, actual: people },
    ...each(stateNames, states),
    ...each(channelNames, channels),
    ...each(accountNames, outcomes),
    ...(points
      ? [one('梳理为', '条具体意见', points.total), ...each(outcomeNames, points.outcomes, '条具体意见')]
      : []),
  ]
}

/** A number of 件 is of submissions where that of 人次 follows it; of documents elsewhere. */
function piecesBeforePeople(submissions: number) {
  return { pattern: /(?<!\d)(?=\d)(?<number>\d+)\s*件(?=[，、,]\s*\d+\s*人次)/g, actual: submissions }
}
