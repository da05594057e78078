import type { FastifyReply, FastifyRequest } from 'fastify'
import { countCells } from '../../db/queries/aggregates.ts'
import { answersTo, type GivenAnswer } from '../../db/queries/answers.ts'
import { type Attachment, attachmentsOf } from '../../db/queries/attachments.ts'
import { orderedClauses } from '../../db/queries/ordered-clauses.ts'
import { commentsInOrder, type ReadComment, type ReadingFilters } from '../../db/queries/reading.ts'
import { themesOf } from '../../db/queries/themes.ts'
import type { Dependencies } from '../dependencies.ts'
import { type ShownAttachment, shownAttachment } from '../rules/attachments.ts'
import {
  identityNames,
  nameOf,
  proposalNames,
  stanceNames,
  stateNames,
  wholeDraft,
  wholeDraftName,
} from '../rules/names.ts'
import { admittedStates, outcomeNames } from '../rules/responses.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { consultationOf } from './consultation.ts'
import { type FilterLinks, filterLinks, filtersOf, placeOf, readingAddress } from './reading-address.ts'

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

interface ShownComment extends ReadComment {
  stanceName: string
  stateName: string
  proposalName: string | null
  author: string
  receivedAt: string
  /** It was admitted, so it may be picked for an answer. */
  answerable: boolean
  answer: { outcomeName: string; reason: string } | null
  /** The files that came with it and with whatever was sent together with it. */
  attachments: ShownAttachment[]
}

export interface CommentsPage {
  consultation: { slug: string; title: string; organ: string }
  filters: ReadingFilters
  links: FilterLinks
  themes: { id: string; name: string }[]
  clauses: ReadClause[]
  /** Back to the start of this reading; null where one is there. */
  first: string | null
  /** The form of one answer to all that the filters let through. */
  answerAll: string
  next: string | null
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/comments': CommentsPage
  }
}

const pageSize = 50

/** GET /office/:slug/comments: the comments in document order, narrowed by the filters, a page at a time. */
export function commentsPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    const { db } = deps
    const [cells, ordered, themes] = await Promise.all([
      countCells(db, consultation.id),
      orderedClauses(db, consultation.id),
      themesOf(db, consultation.id),
    ])
    const clauses = [
      { key: wholeDraft, label: null, citation: wholeDraftName, name: wholeDraftName, text: '' },
      ...ordered,
    ]
    const filters = filtersOf(request.query, clauses)
    const after = placeOf(request.query, clauses)
    const candidates = clauses.filter(({ key }) => cells.some((cell) => cell.clause === key))
    const page = await commentsInOrder(
      db,
      consultation.id,
      filters.clause ? [filters.clause] : candidates.map(({ key }) => key),
      filters,
      after,
      pageSize + 1,
    )
    const read = page.slice(0, pageSize)
    const last = page.length > pageSize ? read.at(-1) : null
    return reply.page('office/comments', {
      consultation,
      filters,
      links: filterLinks(consultation, filters, cells, clauses, themes),
      themes: themes.map(({ id, name }) => ({ id, name })),
      clauses: byClause(read, clauses, consultation.slug, {
        answers: await answersTo(
          db,
          read.map(({ id }) => id),
        ),
        files: await attachmentsOf(
          db,
          deps.seals,
          read.map(({ submissionId }) => submissionId),
        ),
      }),
      answerAll: readingAddress(consultation.slug, filters, null).replace('/comments', '/responses/new'),
      first: after && readingAddress(consultation.slug, filters, null),
      next: last ? readingAddress(consultation.slug, filters, last) : null,
    })
  }
}

/** What stands beside the comments of a page: answers by comment, files by submission. */
interface Beside {
  answers: Map<string, GivenAnswer>
  files: Map<string, Attachment[]>
}

function byClause(
  comments: ReadComment[],
  clauses: Pick<ReadClause, 'key' | 'label' | 'name' | 'text'>[],
  slug: string,
  beside: Beside,
): ReadClause[] {
  return clauses
    .map(({ key, label, name, text }) => ({
      key,
      label,
      name,
      text,
      board: key === wholeDraft ? null : `/office/${slug}/clauses/${key}`,
      comments: comments.filter((comment) => comment.clause === key).map((comment) => shown(comment, beside)),
    }))
    .filter((clause) => clause.comments.length > 0)
}

function shown(comment: ReadComment, { answers, files }: Beside): ShownComment {
  const admitted: readonly string[] = admittedStates
  const answer = answers.get(comment.id)
  const identity = nameOf(identityNames, comment.identity)
  return {
    ...comment,
    stanceName: nameOf(stanceNames, comment.stance),
    stateName: nameOf(stateNames, comment.state),
    proposalName: comment.proposal && nameOf(proposalNames, comment.proposal),
    author: comment.maskedName ? `${comment.maskedName}（${identity}）` : identity,
    receivedAt: shanghaiMinute(comment.createdAt),
    answerable: admitted.includes(comment.state),
    attachments: (files.get(comment.submissionId) ?? []).map(shownAttachment),
    answer: answer ? { outcomeName: nameOf(outcomeNames, answer.outcome), reason: answer.reason } : null,
  }
}
