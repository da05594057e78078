import type { FastifyInstance } from 'fastify'
import { type CountCell, countCells, readingCells } from '../../../db/queries/comments/aggregates.ts'
import { factsOf } from '../../../db/queries/comments/comment-facts.ts'
import { type FoundComment, sentFrom } from '../../../db/queries/comments/rare-senders.ts'
import { commentsInOrder } from '../../../db/queries/comments/reading.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { attachmentsOf } from '../../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { everything, noTheme, type ReadingFilters } from '../../rules/comments/reading-filters.ts'
import { wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { typedTick } from '../../rules/typed.ts'
import { mayWrite } from '../consultation.ts'
import { byClause, type ReadClause } from './read-clauses.ts'
import { asksForAny, atFirst, filterFields, filtersOf, placeOf, readingAddress } from './reading-address.ts'
import { type Choices, choicesOf } from './reading-choices.ts'
import { cellsThrough, type FilterGroup, filterGroups } from './reading-links.ts'
import { isUnanswered, unanswered } from './unanswered.ts'

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
  /** Nothing was asked for, so the page begins with what nobody has answered. */
  isAtFirst: boolean
  /** Where all comments are read. */
  everything: string
  /** The same page with every box ticked, or with none. */
  ticking: { isTicked: boolean; other: string }
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
const slowFilters = ['identity', 'region', 'channel', 'department', 'day', 'account', 'late'] as const

/** GET /office/:slug/comments: the comments in document order, narrowed by filters and words, a page at a time. */
export function comments(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/comments', async (request, reply) => {
    const { consultation } = request
    const { id, slug } = consultation
    const clauses = [wholeDraftClause, ...(await orderedClauses(db, id))]
    const isAtFirst = !asksForAny(request.query)
    const filters = isAtFirst ? atFirst : filtersOf(request.query, clauses)
    const after = placeOf(request.query, clauses)
    const isTicked = typedTick(request.query, 'ticked')
    const [{ cells, isCounted, found, among }, choices] = await Promise.all([
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
      found: found ?? (isCounted ? total(through) : null),
      choices,
      mayWrite: mayWrite(request),
      clauses: byClause(read, clauses, slug, { facts, files, words: filters.words ?? '' }),
      answerAll: readingAddress(slug, filters).replace('/comments', '/responses/new'),
      papers: readingAddress(slug, filters).replace('/comments', '/papers'),
      isAtFirst,
      everything: readingAddress(slug, everything),
      ticking: { isTicked, other: readingAddress(slug, filters, after, !isTicked) },
      first: after && readingAddress(slug, filters),
      next: last && readingAddress(slug, filters, last),
    })
  })
}

const wholeDraftClause = { key: wholeDraft, label: null, name: wholeDraftName, text: '' }

interface Counted {
  cells: CountCell[]
  isCounted: boolean
  /** How many there are where that is known though the cells are not counted. */
  found?: number | null
  among: FoundComment[] | null
}

/**
 * How many comments there are by clause, stance and state, as far as the other filters let them through; where counting
 * those would be slow, those among which they are. `among` is what few senders have sent.
 */
async function cellsOf(
  { db }: Dependencies,
  consultationId: string,
  filters: ReadingFilters,
): Promise<Counted> {
  const others = { ...filters, clause: null, stance: null, state: null }
  const kept = await countCells(db, consultationId)
  if (Object.values(others).every((value) => value === null))
    return { cells: kept, isCounted: true, among: null }
  if (total(kept) > manyComments && isUnanswered(filters))
    return { ...(await unanswered(db, consultationId, kept, filters)), among: null }
  if (total(kept) > manyComments && slowFilters.some((key) => filters[key] !== null)) {
    const { clauses, few } = await sentFrom(db, consultationId, filters)
    if (!few) {
      const cells = kept.filter(({ clause }) => clauses.has(clause))
      return { cells, isCounted: false, among: null }
    }
    const ids = few.map(({ id }) => id)
    return { cells: await readingCells(db, consultationId, others, ids), isCounted: true, among: few }
  }
  if (total(kept) > manyComments && filters.theme === noTheme)
    return { cells: kept, isCounted: false, among: null }
  return { cells: await readingCells(db, consultationId, others), isCounted: true, among: null }
}

function total(cells: CountCell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0)
}
