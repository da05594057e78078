import type { FastifyInstance } from 'fastify'
import { publishedComments } from '../../db/queries/published-comments.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { wholeDraft } from '../rules/names.ts'
import { typedText } from '../rules/typed.ts'
import { readAfter } from './clauses.ts'
import { type Frame, frameKey, frameOf } from './frame.ts'
import { type Match, matchesIn } from './matches.ts'
import { clausesOf, nameIn, publicScope, type Scope, seenConsultation, seenKey, withRound } from './scope.ts'
import { type ShownClause, shownClause } from './shown-clause.ts'
import { type ShownComment, shownComment } from './shown-comment.ts'

interface Filter {
  q: string
  clause: string
  stance: string
  identity: string
  region: string
}

interface SearchPage {
  frame: Frame
  title: string
  slug: string
  draftTitle: string
  filter: Filter
  /** What may be chosen for each filter. */
  choices: Record<Exclude<keyof Filter, 'q'>, [value: string, name: string][]>
  /** Where the draft's own text holds what was looked for. */
  matches: Match[]
  comments: ShownComment[]
  /** The address of the next page; null on the last. */
  older: string | null
}

interface CommentPage {
  frame: Frame
  title: string
  slug: string
  draftTitle: string
  clause: ShownClause | null
  comment: ShownComment
}

declare module '../plugins/views.ts' {
  interface Views {
    'public/comments': SearchPage
    'public/comment': CommentPage
  }
}

const pageSize = 20

/** The published comments of a consultation, searched and filtered, and each on a page of its own. */
export async function comments(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.get<{ Params: { slug: string }; Querystring: Record<string, unknown> }>(
    '/consultations/:slug/comments',
    async (request, reply) => {
      const scope = await publicScope(deps, request.params.slug)
      const frame = await frameOf(request, deps, ['q', 'clause', 'stance', 'identity', 'region', 'after'])
      const page = await searchPage(deps, scope, frame, request.query)
      return reply.header('cache-control', 'public, max-age=0').page('public/comments', page)
    },
  )

  app.get<{ Params: { slug: string; comment: string } }>(
    '/consultations/:slug/comments/:comment',
    async (request, reply) => {
      const seen = await seenConsultation(deps, request.params.slug)
      const frame = await frameOf(request, deps)
      const id = readAfter(request.params.comment)
      return reply.keptPage([seenKey(seen, deps.now()), id, frameKey(frame)], async () => {
        const { comments } = await publishedComments(deps, seen.consultation, { id }, deps.now(), 1)
        const [comment] = comments
        if (!comment) throw notFound()
        const scope = await withRound(deps, seen)
        const clause = clausesOf(scope).find(({ key }) => key === comment.clause)
        const name = nameIn(scope, comment.clause, frame.t.clause.wholeDraft)
        return app.page('public/comment', {
          frame,
          title: `${frame.t.comment.on(name)} · ${scope.round.title}`,
          slug: seen.consultation.slug,
          draftTitle: scope.round.title,
          clause: clause ? shownClause(scope, clause) : null,
          comment: shownComment(comment, name, clause?.text ?? null),
        })
      })
    },
  )
}

async function searchPage(
  deps: Dependencies,
  scope: Scope,
  frame: Frame,
  query: Record<string, unknown>,
): Promise<SearchPage> {
  const { consultation, round } = scope
  const choices = choicesOf(scope, frame)
  const filter = readFilter(query, choices)
  const page = await publishedComments(
    deps,
    consultation,
    {
      words: filter.q || undefined,
      clause: filter.clause || undefined,
      stance: filter.stance || undefined,
      identity: filter.identity || undefined,
      region: filter.region || undefined,
      after: readAfter(query.after),
    },
    deps.now(),
    pageSize,
  )
  const next = page.next && new URLSearchParams({ ...filter, after: page.next })
  return {
    frame,
    title: `${frame.t.search.title} · ${round.title}`,
    slug: consultation.slug,
    draftTitle: round.title,
    filter,
    choices,
    matches: filter.q ? matchesIn(scope, filter.q) : [],
    comments: page.comments.map((comment) =>
      shownComment(comment, nameIn(scope, comment.clause, frame.t.clause.wholeDraft)),
    ),
    older: next && frame.href(`/consultations/${consultation.slug}/comments?${next}`),
  }
}

function choicesOf(scope: Scope, { t }: Frame): SearchPage['choices'] {
  return {
    clause: [
      [wholeDraft, t.clause.wholeDraft],
      ...clausesOf(scope).map(({ key }): [string, string] => [key, nameIn(scope, key, '')]),
    ],
    stance: Object.entries(t.form.stances),
    identity: Object.entries(t.form.identities),
    region: scope.consultation.regions.map(({ name }) => [name, name]),
  }
}

/** A filter that names nothing we have counts as not chosen. */
function readFilter(query: Record<string, unknown>, choices: SearchPage['choices']): Filter {
  const chosen = (name: keyof SearchPage['choices']) => {
    const value = typedText(query, name)
    return choices[name].some(([choice]) => choice === value) ? value : ''
  }
  return {
    q: [...typedText(query, 'q').replaceAll('\0', '')].slice(0, 100).join(''),
    clause: chosen('clause'),
    stance: chosen('stance'),
    identity: chosen('identity'),
    region: chosen('region'),
  }
}
