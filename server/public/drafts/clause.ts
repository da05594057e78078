import type { FastifyInstance } from 'fastify'
import { publishedComments } from '../../../db/queries/comments/published-comments.ts'
import { publishedCounts } from '../../../db/queries/comments/published-counts.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { type PublicationPlace, readPlace, writtenPlace } from '../../rules/comments/publication-places.ts'
import { type Hidden, hiddenBy } from '../../rules/consultations/publication-policies.ts'
import { wholeDraft } from '../../rules/names.ts'
import { splitSentences } from '../../text/words/sentences.ts'
import { answersShown } from '../comments/shown-answers.ts'
import { type ShownComment, shownComment } from '../comments/shown-comment.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import {
  type Clause,
  clauseOf,
  clausesOf,
  mayEndorse,
  nameIn,
  type Scope,
  seenConsultation,
  seenKey,
} from '../scope.ts'
import { withListing } from '../search-engines.ts'
import { type ClauseChanges, clauseChanges, scopeOfClause } from './clause-changes.ts'
import { type ShownClause, shownClause } from './shown-clause.ts'

interface Neighbour {
  key: string
  name: string
}

interface QuotedSentence {
  text: string
  start: number
  isHeading: boolean
  quotedBy: string[]
}

interface ClausePage {
  frame: Frame
  title: string
  slug: string
  draftTitle: string
  state: string
  /** null for the whole draft. */
  clause: ShownClause | null
  /** What later rounds made of it; null for the whole draft. */
  changes: ClauseChanges | null
  /** The newest round; comments on an earlier one say so. */
  currentRound: number
  /** Its key, or `draft`. */
  key: string
  name: string
  previous: Neighbour | null
  next: Neighbour | null
  /** Why no comments are shown yet; null where they are. */
  hidden: Hidden | null
  count: number
  comments: ShownComment[]
  /** The clause sentence by sentence, with what on this page quotes each; null for a table and for the whole draft. */
  sentences: QuotedSentence[] | null
  older: string | null
  isFirstPage: boolean
  mayEndorse: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/drafts/clause': ClausePage
  }
}

const pageSize = 20

/** One clause, or with the key `draft` the whole draft, with its published comments. */
export function clause(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string; clause: string }; Querystring: { after?: unknown } }>(
    '/consultations/:slug/clauses/:clause',
    async (request, reply) => {
      const seen = await seenConsultation(deps, request.params.slug)
      const { clause: key } = request.params
      const after = readAfter(request.query.after)
      const frame = await frameOf(request, deps, ['after'])
      return withListing(reply, frame).keptPage(
        [seenKey(seen, deps.now()), key, after, frameKey(frame)],
        async () => {
          const { scope, current } = await scopeOfClause(deps, seen, key)
          const clause = key === wholeDraft ? null : clauseOf(scope, key)
          return app.page(
            'public/drafts/clause',
            await clausePage(deps, scope, current, clause, after, frame),
          )
        },
      )
    },
  )
}

/** The place in `?after=`. @throws PageError 404 for what names none */
export function readAfter(value: unknown): PublicationPlace | undefined {
  if (value === undefined) return undefined
  const place = readPlace(value)
  if (!place) throw notFound()
  return place
}

async function clausePage(
  deps: Dependencies,
  scope: Scope,
  currentRound: number,
  clause: Clause | null,
  after: PublicationPlace | undefined,
  frame: Frame,
): Promise<ClausePage> {
  const { consultation, round, state } = scope
  const key = clause?.key ?? wholeDraft
  const now = deps.now()
  const page = await publishedComments(deps, consultation, { clause: key, after }, now, pageSize)
  const counts = await publishedCounts(deps.db, consultation, now)
  const all = clausesOf(scope)
  const place = all.findIndex((unit) => unit.key === key)
  const name = nameIn(scope, key, frame.t.clause.wholeDraft)
  const answers = await answersShown(deps, scope, page.comments)
  const comments = page.comments.map((comment) =>
    shownComment(comment, null, clause?.text ?? null, answers.get(comment.id)),
  )
  return {
    frame,
    title: `${name} · ${round.title}`,
    slug: consultation.slug,
    draftTitle: round.title,
    state,
    clause: clause && shownClause(scope, clause),
    changes: clause && (await clauseChanges(deps, consultation.id, key, currentRound)),
    currentRound,
    key,
    name,
    previous: clause ? neighbour(scope, all[place - 1]) : null,
    next: clause ? neighbour(scope, all[place + 1]) : null,
    hidden: hiddenBy(consultation.publicationPolicy, consultation.closesAt, now),
    count: counts.get(key) ?? 0,
    comments,
    sentences: clause && !clause.cells ? quotedSentences(clause, comments) : null,
    older: page.next && writtenPlace(page.next),
    isFirstPage: after === undefined,
    mayEndorse: mayEndorse(scope),
  }
}

/** The sentences of a clause with the ids of the comments that quote each. */
function quotedSentences({ heading, text }: Clause, comments: ShownComment[]): QuotedSentence[] {
  return splitSentences(text).map((sentence) => ({
    text: sentence.text,
    start: sentence.start,
    isHeading: sentence.text === heading,
    quotedBy: comments.filter(({ quoteAt }) => quoteAt === sentence.start).map(({ id }) => id),
  }))
}

function neighbour(scope: Scope, clause: Clause | undefined): Neighbour | null {
  return clause ? { key: clause.key, name: nameIn(scope, clause.key, '') } : null
}
