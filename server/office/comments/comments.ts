import type { FastifyInstance } from 'fastify'
import { type CountCell, countCells, readingCells } from '../../../db/queries/comments/aggregates.ts'
import { type CommentFacts, factsOf } from '../../../db/queries/comments/comment-facts.ts'
import { type FoundComment, sentFrom } from '../../../db/queries/comments/rare-senders.ts'
import { commentsInOrder, type ReadComment } from '../../../db/queries/comments/reading.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { type Attachment, attachmentsOf } from '../../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { ReadingFilters } from '../../rules/comments/reading-filters.ts'
import { wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { mayWrite } from '../consultation.ts'
import { type ShownComment, shownComment } from './read-comment.ts'
import { filterFields, filtersOf, placeOf, readingAddress } from './reading-address.ts'
import { type Choices, choicesOf } from './reading-choices.ts'
import { cellsThrough, type FilterGroup, filterGroups } from './reading-links.ts'

/** A clause with those of its comments that stand on this page. */
interface ReadClause {
  key: string
  label: string | null
  name: string
  text: string
  /** Where the clause is reworded; null for the draft as a whole. */
  board: string | null
  comments: ShownComment[]
}

interface CommentsPage {
  consultation: Consultation
  filters: ReadingFilters
  groups: FilterGroup[]
  /** The other filters, for the search form. */
  kept: { name: string; value: string }[]
  /** null where counting them would be slow. */
  found: number | null
  choices: Pick<Choices, 'themes' | 'departments'>
  mayWrite: boolean
  clauses: ReadClause[]
  /** Back to the start of this reading; null where one is there. */
  first: string | null
  /** The form of one answer to all that the filters let through. */
  answerAll: string
  /** The files of the same comments. */
  papers: string
  next: string | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/comments/comments': CommentsPage
  }
}

const pageSize = 50
/** Among more, what the slow filters let through is not counted. */
const manyComments = 10_000
/** For what these let through neither counters are kept nor a list that is shorter than the comments. */
const slowFilters = ['identity', 'region', 'channel', 'department', 'day'] as const

/** GET /office/:slug/comments: the comments in document order, narrowed by filters and words, a page at a time. */
export function comments(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/comments', async (request, reply) => {
    const { consultation } = request
    const { id, slug } = consultation
    const clauses = [wholeDraftClause, ...(await orderedClauses(db, id))]
    const filters = filtersOf(request.query, clauses)
    const after = placeOf(request.query, clauses)
    const [{ cells, isCounted, among }, choices] = await Promise.all([
      cellsOf(deps, id, filters),
      choicesOf(deps, consultation, clauses),
    ])
    const through = cellsThrough(cells, filters)
    const keys = clauses.flatMap(({ key }) => (through.some(({ clause }) => clause === key) ? [key] : []))
    const page = await commentsInOrder(db, id, keys, filters, after, pageSize + 1, 'arrival', among)
    const read = page.slice(0, pageSize)
    const last = page.length > pageSize ? (read.at(-1) ?? null) : null
    const [facts, files] = await Promise.all([
      factsOf(
        db,
        read.map((comment) => comment.id),
      ),
      attachmentsOf(
        db,
        deps.seals,
        read.map(({ submissionId }) => submissionId),
      ),
    ])
    return reply.page('office/comments/comments', {
      consultation,
      filters,
      groups: filterGroups(slug, filters, isCounted ? cells : null, choices),
      kept: filterFields({ ...filters, words: null }),
      found: isCounted ? total(through) : null,
      choices,
      mayWrite: mayWrite(request),
      clauses: byClause(read, clauses, slug, { facts, files, words: filters.words ?? '' }),
      answerAll: readingAddress(slug, filters).replace('/comments', '/responses/new'),
      papers: readingAddress(slug, filters).replace('/comments', '/papers'),
      first: after && readingAddress(slug, filters),
      next: last && readingAddress(slug, filters, last),
    })
  })
}

/** What stands beside the comments of a page: the office's facts by comment, files by submission. */
interface Beside {
  facts: Map<string, CommentFacts>
  files: Map<string, Attachment[]>
  words: string
}

const wholeDraftClause = { key: wholeDraft, label: null, name: wholeDraftName, text: '' }

/**
 * How many comments there are by clause, stance and state, as far as the other filters let them through; where counting
 * those would be slow, those among which they are. `among` is what few senders have sent.
 */
async function cellsOf(
  { db }: Dependencies,
  consultationId: string,
  filters: ReadingFilters,
): Promise<{ cells: CountCell[]; isCounted: boolean; among: FoundComment[] | null }> {
  const others = { ...filters, clause: null, stance: null, state: null }
  const kept = await countCells(db, consultationId)
  if (Object.values(others).every((value) => value === null))
    return { cells: kept, isCounted: true, among: null }
  if (total(kept) > manyComments && slowFilters.some((key) => filters[key] !== null)) {
    const { clauses, few } = await sentFrom(db, consultationId, filters)
    if (!few) {
      const cells = kept.filter(({ clause }) => clauses.has(clause))
      return { cells, isCounted: false, among: null }
    }
    const ids = few.map(({ id }) => id)
    return { cells: await readingCells(db, consultationId, others, ids), isCounted: true, among: few }
  }
  return { cells: await readingCells(db, consultationId, others), isCounted: true, among: null }
}

function total(cells: CountCell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0)
}

function byClause(
  comments: ReadComment[],
  clauses: Pick<ReadClause, 'key' | 'label' | 'name' | 'text'>[],
  slug: string,
  { facts, files, words }: Beside,
): ReadClause[] {
  return clauses
    .map(({ key, label, name, text }) => ({
      key,
      label,
      name,
      text,
      board: key === wholeDraft ? null : `/office/${slug}/clauses/${key}`,
      comments: comments
        .filter(({ clause }) => clause === key)
        .map((comment) => {
          const isPersons = comment.identity === 'individual'
          const attachments = isPersons ? [] : (files.get(comment.submissionId) ?? [])
          return shownComment(comment, facts.get(comment.id), slug, words, attachments)
        }),
    }))
    .filter((clause) => clause.comments.length > 0)
}
