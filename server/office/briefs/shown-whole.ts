import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { BriefSection, UnusualNumbers } from '../../rules/briefs/brief.ts'
import {
  concentrated,
  concentrationFormula,
  divided,
  divisionFormula,
  type RankedClause,
} from '../../rules/briefs/clause-rankings.ts'
import { unusualRule } from '../../rules/briefs/unusual-numbers.ts'
import { type Day, shanghaiMinute } from '../../rules/days.ts'
import { wholeDraftName } from '../../rules/names.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { briefAddress } from './brief-address.ts'

interface Ranking {
  title: string
  formula: string
  rows: { name: string; href: string; value: string; numbers: string }[]
}

/** What only the whole has: rankings of clauses with the formula of each, and what stands out in numbers. */
export interface ShownWhole {
  rankings: Ranking[]
  unusual: { rule: string; lines: { text: string; href: string | null }[] }
}

export function shownWhole(
  { slug }: Consultation,
  clauses: readonly OrderedClause[],
  day: Day,
  { counts, clauses: voices, unusual }: BriefSection,
): ShownWhole {
  const row = (one: RankedClause, value: string, numbers: string) => ({
    ...{ value, numbers },
    name: clauses.find(({ key }) => key === one.clause)?.name ?? wholeDraftName,
    href: briefAddress(slug, day, { kind: 'clause', key: one.clause }),
  })
  return {
    rankings: [
      {
        title: '意见较集中的条款',
        formula: concentrationFormula,
        rows: concentrated(voices, counts.submissions).map((one) =>
          row(one, `${Math.round(one.value / 10)} %`, `${one.people} 件，${one.points} 条具体意见`),
        ),
      },
      {
        title: '意见分歧较大的条款',
        formula: divisionFormula,
        rows: divided(voices).map((one) =>
          row(one, (one.value / 1000).toFixed(2), `赞成 ${one.support} 件，反对 ${one.oppose} 件`),
        ),
      },
    ],
    unusual: { rule: unusualRule, lines: unusual ? linesOf(slug, unusual) : [] },
  }
}

function linesOf(slug: string, { usual, hours, texts }: UnusualNumbers) {
  return [
    ...hours.map(({ from, submissions }) => ({
      text: `${shanghaiMinute(new Date(from))} 起的一小时内收到 ${submissions} 件；有来件的各小时，中位数是 ${usual} 件。`,
      href: readingAddress(slug, { day: shanghaiMinute(new Date(from)).slice(0, 10) }),
    })),
    ...texts.map(({ campaign, people }) => ({
      text: `${people} 件的文字相同或者几乎相同，都已如数计算。`,
      href: readingAddress(slug, { campaign }),
    })),
  ]
}
