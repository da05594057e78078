import type { Database } from '../../db/open.ts'
import { answersTo, type GivenAnswer } from '../../db/queries/answers.ts'
import { lateCount } from '../../db/queries/intakes.ts'
import { everyComment, everything, type ReadComment } from '../../db/queries/reading.ts'
import { BrokenSeal, type Seals } from '../../db/sealed.ts'
import { admittedStates } from '../rules/responses.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { clausePlaces } from './clause-places.ts'
import { counted, type PaperRequest } from './paper-request.ts'
import { type SummaryEntry, summaryTable } from './summary-table.ts'
import type { WordPaper } from './word-table.ts'

/**
 * 意见汇总表, in document order, with each comment's answer: of all admitted comments, or in the public scope of the published
 * ones. Names stay masked and contacts out; the office's own copy names organisations, since they speak in their own name.
 */
export async function summaryPaper({
  db,
  seals,
  consultation,
  scope,
  now,
  read,
}: PaperRequest): Promise<WordPaper> {
  const places = await clausePlaces(db, consultation.id)
  const states: readonly string[] = scope === 'public' ? ['published'] : admittedStates
  const all = everyComment(db, consultation.id, [...places.keys()], everything)
  const comments = inStates(counted(all, read), states)
  const late = await lateCount(db, consultation.id, states)
  const what = scope === 'public' ? '已公开的意见' : '纳入研究的意见（内部使用）'
  return {
    title: scope === 'public' ? '公开意见表' : '意见汇总表',
    facts: [
      consultation.title,
      `截至 ${shanghaiMinute(now)} ${what}，按条款顺序排列。`,
      ...(late > 0 ? [`其中截止之后收到的逾期意见 ${late} 条，在提出人后注明。`] : []),
    ],
    ...summaryTable(entries(db, scope === 'public' ? null : seals, comments), places),
  }
}

async function* inStates(
  comments: AsyncIterable<ReadComment>,
  states: readonly string[],
): AsyncGenerator<ReadComment> {
  for await (const comment of comments) if (states.includes(comment.state)) yield comment
}

/** Answers are looked up a page at a time. */
async function* entries(
  db: Database,
  seals: Seals | null,
  comments: AsyncIterable<ReadComment>,
): AsyncGenerator<SummaryEntry> {
  let page: ReadComment[] = []
  for await (const comment of comments) {
    page.push(comment)
    if (page.length < 500) continue
    yield* answered(
      page,
      await answersTo(
        db,
        page.map(({ id }) => id),
      ),
      seals,
    )
    page = []
  }
  yield* answered(
    page,
    await answersTo(
      db,
      page.map(({ id }) => id),
    ),
    seals,
  )
}

function* answered(
  page: ReadComment[],
  answers: Map<string, GivenAnswer>,
  seals: Seals | null,
): Generator<SummaryEntry> {
  for (const comment of page) {
    const answer = answers.get(comment.id) ?? null
    yield { comment, answer, author: organisationOf(comment, seals) ?? comment.maskedName }
  }
}

function organisationOf(
  { identity, organisation, submissionId }: ReadComment,
  seals: Seals | null,
): string | null {
  if (!seals || identity === 'individual' || organisation === null) return null
  try {
    return seals.open(organisation, { table: 'submissions', column: 'organisation', row: submissionId })
  } catch (error) {
    // A key that was lost or changed must not cost the office the whole paper.
    if (error instanceof BrokenSeal) return '某单位（名称无法读取）'
    throw error
  }
}
