import { findRound, roundsOf } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import { revisedWordingsOf } from '../../../db/queries/wordings/revised-wordings.ts'
import { nameOf, stanceNames } from '../../rules/names.ts'
import { type AnnotatedRound, type Annotation, writeAnnotatedDraft } from './annotated-draft.ts'
import { authorsOf } from './comments/group-authors.ts'
import { groupedPoints } from './comments/grouped-points.ts'
import { allGroups, mostSingle, type PointGroup } from './comments/point-groups.ts'
import type { PaperRequest } from './paper-request.ts'

/**
 * 批注稿: the draft in Word with what was said of each clause as 批注, concerns and campaigns first with their counts, then
 * single points as far as a paper tells them; and its revised wordings as tracked changes. The newest round first; earlier
 * ones follow where comments were made on them.
 */
export async function draftPaper(request: PaperRequest): Promise<Buffer> {
  const { consultation, places, now } = request
  const { groups } = await groupedPoints(request, mostSingle(places.size))
  const byRound = new Map<number, Annotation[]>()
  const by = { author: consultation.organ, date: now }
  for (const group of allGroups(groups, places)) {
    byRound.set(group.round, [...(byRound.get(group.round) ?? []), annotation(group, by)])
  }
  return writeAnnotatedDraft(await annotatedRounds(request, byRound), by)
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

/** @param by the office, which words what stands for many and counts the rest */
function annotation(group: PointGroup, by: Pick<Annotation, 'author' | 'date'>): Annotation {
  const { kind, clause, said, points, first } = group
  const count = `（具体意见 ${points} 条：${authorsOf(group).replaceAll('\n', '；')}）`
  if (kind === 'rest')
    return { ...by, clause, quote: null, text: `另有单条意见${count}，没有逐条批注，全文见意见汇总表。` }
  if (kind === 'concern' || kind === 'answer')
    return { ...by, clause, quote: null, text: `【归并意见】${count}${said}` }
  const { stance, proposal, wording, createdAt, quote } = first
  const alike = kind === 'campaign' ? `【同类意见】${count}` : ''
  return {
    clause,
    author: kind === 'campaign' ? by.author : authorsOf(group),
    date: createdAt,
    text: `【${nameOf(stanceNames, stance)}】${alike}${said}${proposal && wording ? `\n建议表述：${wording}` : ''}`,
    quote: first.clause === clause ? quote : null,
  }
}
