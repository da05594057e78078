import type { Progress } from '../../../db/queries/answers/progress.ts'
import { type SampledAnswer, sampledAnswers } from '../../../db/queries/answers/sampled-answers.ts'
import { differingCopies } from '../../../db/queries/campaigns/differing-copies.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { changedClauses } from '../../../db/queries/wordings/changed-clauses.ts'
import type { Dependencies } from '../../dependencies.ts'
import { changesDraft } from '../../rules/answers/one-voice.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { nameOf, wholeDraft } from '../../rules/names.ts'
import { pointTotals } from '../../rules/points/point-totals.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { addedToCampaigns } from './added-to-campaigns.ts'
import { comparedWarnings, grouped, type Warning, type WarningGroup } from './compared-answers.ts'

/** What does not go together in what the office answers, and how much was looked through for it. */
export interface OneVoice {
  groups: WarningGroup[]
  /** So many answers were compared with one another. */
  compared: number
  /** The last of them, where there are older ones that were not. */
  last: string | null
  /** What was not looked at, in sentences. */
  cut: string[]
}

type Places = ReadonlyMap<string, { name: string }>
type Of = Pick<Dependencies, 'db'> & { consultation: Consultation; places: Places }

/** So many answers are compared with one another, and so many of the others with those that somebody asks about. */
const mostCompared = 500
const mostBeside = 200

/** What does not go together in some answers, or with the newest of the others. @param ids in whatever state */
export async function warningsOf({ db, consultation, places }: Of, ids: string[]): Promise<OneVoice> {
  const asked = ids.slice(0, mostCompared)
  const [found, changed] = await Promise.all([
    sampledAnswers(db, consultation.id, { among: asked, newest: mostBeside }),
    changedClauses(db, consultation.id),
  ])
  const named = new Set(asked)
  const sampled = found.filter(({ id }) => named.has(id))
  const others = found.filter(({ id }) => !named.has(id))
  const copies = await differingCopies(db, campaignsOf(sampled))
  const unchanged = adoptedClauses(sampled).filter((clause) => clause !== wholeDraft && !changed.has(clause))
  return {
    groups: grouped([
      ...(await comparedWarnings(consultation.slug, { asked: sampled, others }, naming(places))),
      ['unchanged', unchanged.map((clause) => unchangedWarning(consultation, places, clause, null))],
      ['addition', addedToCampaigns(consultation.slug, sampled, copies.copies)],
    ]),
    compared: sampled.length,
    last: null,
    cut: cutAt(asked.length < ids.length ? `只比较了前 ${asked.length} 份答复` : null, copies.more),
  }
}

/**
 * What does not go together in all that was answered: clauses by what is counted, the rest among the newest answers.
 * @param before the answer before which older ones are compared; null begins with the newest
 */
export async function warningsOfAll(
  { db, consultation, places }: Of,
  { answers, parted }: Progress,
  before: string | null,
): Promise<OneVoice> {
  const [found, changed] = await Promise.all([
    sampledAnswers(db, consultation.id, { newest: mostCompared + 1, before }),
    changedClauses(db, consultation.id),
  ])
  const asked = found.slice(0, mostCompared)
  const copies = await differingCopies(db, campaignsOf(asked))
  const adopting = ({ outcome }: { outcome: string }) => changesDraft(outcome)
  const totals = pointTotals(answers.filter(adopting), parted.filter(adopting), ({ clause }) => clause)
  const unchanged = [...places.keys()].flatMap((clause) => {
    const count = totals.get(clause) ?? 0
    return count > 0 && clause !== wholeDraft && !changed.has(clause) ? [{ clause, count }] : []
  })
  const last = found.length > mostCompared ? (asked.at(-1)?.id ?? null) : null
  return {
    groups: grouped([
      ...(await comparedWarnings(consultation.slug, { asked, others: [] }, naming(places))),
      [
        'unchanged',
        unchanged.map(({ clause, count }) => unchangedWarning(consultation, places, clause, count)),
      ],
      ['addition', addedToCampaigns(consultation.slug, asked, copies.copies)],
    ]),
    compared: asked.length,
    last,
    cut: cutAt(last ? `只比较了${before ? '较早的' : '最近的'} ${asked.length} 份答复` : null, copies.more),
  }
}

function cutAt(answers: string | null, more: boolean): string[] {
  const copies = more ? '同类意见很多，有出入的只看了一部分' : null
  return [answers, copies].filter((one) => one !== null)
}

function campaignsOf(answers: readonly SampledAnswer[]): string[] {
  return answers.flatMap(({ campaignId }) => campaignId ?? [])
}

function naming(places: Places): (clause: string) => string {
  return (clause) => places.get(clause)?.name ?? clause
}

function adoptedClauses(answers: readonly SampledAnswer[]): string[] {
  const adopted = answers.filter(({ outcome }) => changesDraft(outcome))
  return [...new Set(adopted.flatMap(({ points }) => points.map(({ clause }) => clause)))]
}

/** @param count of how many points it is said; null where they were not counted */
function unchangedWarning(
  { slug }: Consultation,
  places: Places,
  clause: string,
  count: number | null,
): Warning {
  const said = `${nameOf(outcomeNames, 'adopted')}或者${nameOf(outcomeNames, 'partly_adopted')}`
  const points = count === null ? '' : ` ${count} 条具体意见`
  return {
    text: `${naming(places)(clause)}：${said}${points}，条款还没有修改稿。`,
    links: [
      { name: '修改条款', href: `/office/${slug}/clauses/${clause}` },
      { name: '这一条的意见', href: readingAddress(slug, { clause, answered: 'yes' }) },
    ],
    more: 0,
  }
}
