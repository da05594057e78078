import type { FastifyInstance } from 'fastify'
import { publishedComments } from '../../../db/queries/comments/published-comments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { writtenPlace } from '../../rules/comments/publication-places.ts'
import { type Hidden, hiddenBy } from '../../rules/consultations/publication-policies.ts'
import { wholeDraft } from '../../rules/names.ts'
import { typedText } from '../../rules/typed.ts'
import { readAfter } from '../drafts/clause.ts'
import { type Frame, frameOf } from '../frame.ts'
import { mayEndorse, nameIn, publicScope, type Scope } from '../scope.ts'
import { withListing } from '../search-engines.ts'
import { type Match, matchesIn } from './matches.ts'
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
  /** Why no comments are shown yet; null where they are. */
  hidden: Hidden | null
  comments: ShownComment[]
  /** The newest round; comments on an earlier one say so. */
  currentRound: number
  /** The address of the next page; null on the last. */
  older: string | null
  mayEndorse: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/comments/comments': SearchPage
  }
}

const pageSize = 20

/** The published comments of a consultation, searched and filtered. */
export function comments(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string }; Querystring: Record<string, unknown> }>(
    '/consultations/:slug/comments',
    { config: { limit: 'search' } },
    async (request, reply) => {
      const scope = await publicScope(deps, request.params.slug)
      const frame = await frameOf(request, deps, ['q', 'clause', 'stance', 'identity', 'region', 'after'])
      const page = await searchPage(deps, scope, frame, request.query)
      return withListing(reply, frame)
        .header('cache-control', 'public, max-age=0')
        .page('public/comments/comments', page)
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
  const next = page.next && new URLSearchParams({ ...filter, after: writtenPlace(page.next) })
  return {
    frame,
    title: `${frame.t.search.title} · ${round.title}`,
    slug: consultation.slug,
    draftTitle: round.title,
    filter,
    choices,
    currentRound: round.number,
    matches: filter.q ? matchesIn(scope, filter.q) : [],
    hidden: hiddenBy(consultation.publicationPolicy, consultation.closesAt, deps.now()),
    comments: page.comments.map((comment) =>
      shownComment(comment, nameIn(scope, comment.clause, frame.t.clause.wholeDraft)),
    ),
    mayEndorse: mayEndorse(scope),
    older: next && frame.href(`/consultations/${consultation.slug}/comments?${next}`),
  }
}

function choicesOf(scope: Scope, { t }: Frame): SearchPage['choices'] {
  return {
    clause: [
      [wholeDraft, t.clause.wholeDraft],
      ...[...scope.names].map(([key, { name }]): [string, string] => [key, name]),
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
