import type { BriefSection } from '../../rules/briefs/brief.ts'
import {
  concentrated,
  concentrationFormula,
  divided,
  divisionFormula,
} from '../../rules/briefs/clause-rankings.ts'
import { originsOf } from '../../rules/briefs/origins.ts'
import { unusualRule } from '../../rules/briefs/unusual-numbers.ts'
import type { Region } from '../../rules/consultations/regions.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { everybody, writtenMeetings } from '../../rules/intakes/people.ts'
import { nameOf, stanceNames } from '../../rules/names.ts'
import type { ClausePlace } from './clause-places.ts'

/** A paragraph of the paper: a heading of a level, or null for the text below one. */
interface Line {
  text: string
  level: 1 | 2 | null
}

/** The numbers of the whole: how many, from where, what is new, where most is said, and what stands out. */
export function wholeLines(
  said: BriefSection,
  places: ReadonlyMap<string, ClausePlace>,
  regions: readonly Region[],
): Line[] {
  const { counts, people, fresh, clauses, unusual } = said
  const nameOfClause = (clause: string) => places.get(clause)?.name ?? clause
  const stances = said.stances.map(({ stance, points }) => `${nameOf(stanceNames, stance)}${points}条`)
  const ranked = [
    ['（一）意见较集中的条款', concentrationFormula, concentrated(clauses, counts.submissions)],
    ['（二）意见分歧较大的条款', divisionFormula, divided(clauses)],
  ] as const
  return [
    { text: '一、数量', level: 1 },
    {
      text: `共${counts.submissions}件${people ? `（${everybody(people)}人次${writtenMeetings(people, '')}）` : ''}，${counts.comments}条意见，${counts.points}条具体意见${stances.length > 0 ? `，其中${stances.join('、')}` : ''}。`,
      level: null,
    },
    ...originsOf(said, regions).map(
      ({ title, counts }): Line => ({
        text: `${title}（件）：${counts.map(([name, count]) => `${name}${count}`).join('、')}。`,
        level: null,
      }),
    ),
    {
      text: `当天新收到${fresh.submissions}件，${fresh.comments}条意见，${fresh.points}条具体意见。`,
      level: null,
    },
    { text: '二、条款和数量上的情况', level: 1 },
    ...ranked.flatMap(([name, formula, rows]): Line[] => [
      { text: name, level: 2 },
      ...rows.map(
        ({ clause, people, support, oppose }): Line => ({
          text: `${nameOfClause(clause)}：${people}件，其中赞成${support}件，反对${oppose}件。`,
          level: null,
        }),
      ),
      { text: rows.length > 0 ? `${formula}。` : '没有。', level: null },
    ]),
    { text: '（三）数量上不寻常的情况', level: 2 },
    ...(unusual?.hours ?? []).map(
      ({ from, submissions }): Line => ({
        text: `${shanghaiMinute(new Date(from))}起的一小时内收到${submissions}件。`,
        level: null,
      }),
    ),
    ...(unusual?.texts ?? []).map(
      ({ people }): Line => ({ text: `${people}件的文字相同或者几乎相同。`, level: null }),
    ),
    { text: unusualRule, level: null },
  ]
}
