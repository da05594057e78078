import type { Database } from '../../db/open.ts'
import { answersTo, type GivenAnswer } from '../../db/queries/answers.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import { everyComment, everything, type ReadComment } from '../../db/queries/reading.ts'
import type { Seals } from '../../db/sealed.ts'
import { admittedStates } from '../rules/responses.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { clausePlaces } from './clause-places.ts'
import { type SummaryEntry, summaryTable } from './summary-table.ts'
import type { WordPaper } from './word-table.ts'

/**
 * 意见汇总表 of all admitted comments, in document order, with each one's answer. Names stay masked and contacts out:
 * organisations are named, since they speak in their own name.
 */
export async function summaryPaper(
  db: Database,
  seals: Seals,
  consultation: Consultation,
  now: Date,
): Promise<WordPaper> {
  const places = await clausePlaces(db, consultation.id)
  const comments = everyComment(db, consultation.id, [...places.keys()], everything)
  return {
    title: '意见汇总表',
    facts: [consultation.title, `截至 ${shanghaiMinute(now)} 纳入研究的意见，按条款顺序排列。内部使用。`],
    ...summaryTable(entries(db, seals, admitted(comments)), places),
  }
}

async function* admitted(comments: AsyncIterable<ReadComment>): AsyncGenerator<ReadComment> {
  const states: readonly string[] = admittedStates
  for await (const comment of comments) if (states.includes(comment.state)) yield comment
}

/** Answers are looked up a page at a time. */
async function* entries(
  db: Database,
  seals: Seals,
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
  seals: Seals,
): Generator<SummaryEntry> {
  for (const comment of page) {
    const answer = answers.get(comment.id) ?? null
    yield { comment, answer, author: organisationOf(comment, seals) ?? comment.maskedName, contact: null }
  }
}

function organisationOf({ identity, organisation, submissionId }: ReadComment, seals: Seals): string | null {
  if (identity === 'individual' || organisation === null) return null
  return seals.open(organisation, { table: 'submissions', column: 'organisation', row: submissionId })
}
