import { revisedWordingsOf } from '../../../db/queries/answers/revised-wordings.ts'
import { campaignNumbers } from '../../../db/queries/campaigns/campaign-groups.ts'
import { findRound, roundsOf } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import { nameOf, stanceNames } from '../../rules/names.ts'
import { type AnnotatedRound, type Annotation, writeAnnotatedDraft } from './annotated-draft.ts'
import { type PaperRequest, PaperUnavailable } from './paper-request.ts'
import { authorOf } from './persons.ts'
import { summaryEntries } from './summary-paper.ts'
import type { SummaryEntry } from './summary-table.ts'

/** Word grows slow on more balloons than a person would read in a margin. */
const mostAnnotations = 3000

/**
 * 批注稿: the draft in Word with its admitted comments as 批注, a campaign as one, and its revised wordings as tracked
 * changes. The newest round first; earlier ones follow where comments were made on them.
 * @throws PaperUnavailable where a margin cannot hold them
 */
export async function draftPaper(request: PaperRequest): Promise<Buffer> {
  const { db, consultation, now } = request
  const byRound = new Map<number, Annotation[]>()
  let count = 0
  for await (const entry of summaryEntries(request, await campaignNumbers(db, consultation.id))) {
    if (++count > mostAnnotations) {
      throw new PaperUnavailable(
        `意见超过 ${mostAnnotations} 条，批注稿放不下；请在“逐条阅读”里按条款筛选后再导出，或改用意见汇总表。`,
      )
    }
    const { round } = entry.comment
    byRound.set(round, [...(byRound.get(round) ?? []), annotation(entry)])
  }
  return writeAnnotatedDraft(await annotatedRounds(request, byRound), {
    author: consultation.organ,
    date: now,
  })
}

async function annotatedRounds(
  { db, consultation }: PaperRequest,
  byRound: ReadonlyMap<number, Annotation[]>,
): Promise<AnnotatedRound[]> {
  const [all, wordings] = await Promise.all([
    roundsOf(db, consultation.id),
    revisedWordingsOf(db, consultation.id),
  ])
  const numbers = all.filter(({ publishedAt }) => publishedAt !== null).map(({ number }) => number)
  const newest = Math.max(...numbers)
  const shown = numbers.filter((number) => number === newest || byRound.has(number)).reverse()
  const rounds: AnnotatedRound[] = []
  for (const number of shown) {
    const round = await findRound(db, consultation.id, number)
    if (!round) continue
    const { title, units } = draftOf(round, round.units)
    rounds.push({
      title: shown.length > 1 ? `${title}\n（第 ${number} 稿）` : title,
      units,
      annotations: byRound.get(number) ?? [],
      wordings: new Map(number === newest ? wordings.map(({ clause, text }) => [clause, text]) : []),
    })
  }
  return rounds
}

function annotation({ comment, campaign, person }: SummaryEntry): Annotation {
  const { clause, createdAt, stance, body, wording, quote } = comment
  const count = campaign && campaign.count > 1 ? `（同类意见共 ${campaign.count} 条）` : ''
  return {
    clause,
    author: authorOf(comment, person),
    date: createdAt,
    text: `【${nameOf(stanceNames, stance)}】${count}${body}${wording ? `\n建议表述：${wording}` : ''}`,
    quote,
  }
}
