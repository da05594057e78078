import type { FastifyInstance } from 'fastify'
import { publishedComments } from '../../db/queries/published-comments.ts'
import type { Dependencies } from '../dependencies.ts'
import { stanceNames, wholeDraft } from '../rules/names.ts'
import { readAfter } from './clauses.ts'
import { type Frame, frameOf } from './frame.ts'
import { clausesOf, nameIn, publicScope } from './scope.ts'
import { type ShownComment, shownComment } from './shown-comment.ts'

interface Filter {
  clause: string
  stance: string
}

declare module '../plugins/views.ts' {
  interface Views {
    'public/comments': {
      frame: Frame
      title: string
      slug: string
      draftTitle: string
      filter: Filter
      clauses: { key: string; name: string }[]
      comments: ShownComment[]
      older: string | null
    }
  }
}

const pageSize = 20

/** The published comments of a consultation, filtered. */
export async function comments(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.get<{ Params: { slug: string }; Querystring: Record<string, unknown> }>(
    '/consultations/:slug/comments',
    async (request, reply) => {
      const scope = await publicScope(deps, request.params.slug)
      const frame = await frameOf(request, deps, ['clause', 'stance', 'after'])
      const clauses = [
        { key: wholeDraft, name: frame.t.clause.wholeDraft },
        ...clausesOf(scope).map(({ key }) => ({ key, name: nameIn(scope, key, '') })),
      ]
      const names = new Map(clauses.map(({ key, name }) => [key, name]))
      const filter = readFilter(request.query, names)
      const page = await publishedComments(
        deps,
        scope.consultation,
        {
          clause: filter.clause || undefined,
          stance: filter.stance || undefined,
          after: readAfter(request.query.after),
        },
        deps.now(),
        pageSize,
      )
      return reply.page('public/comments', {
        frame,
        title: `${frame.t.search.title} · ${scope.round.title}`,
        slug: scope.consultation.slug,
        draftTitle: scope.round.title,
        filter,
        clauses,
        comments: page.comments.map((comment) =>
          shownComment(comment, names.get(comment.clause) ?? comment.clause),
        ),
        older: page.next,
      })
    },
  )
}

/** A filter that names nothing we have counts as not chosen. */
function readFilter(query: Record<string, unknown>, names: Map<string, string>): Filter {
  const { clause, stance } = query
  return {
    clause: typeof clause === 'string' && names.has(clause) ? clause : '',
    stance: typeof stance === 'string' && Object.hasOwn(stanceNames, stance) ? stance : '',
  }
}
