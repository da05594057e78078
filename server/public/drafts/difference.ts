import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { zh } from '../../locales/zh.ts'
import { longestWording, type TypedComment } from '../../rules/submissions/comment-form.ts'
import { submissionForm } from '../../rules/submissions/submission-form.ts'
import type { Difference } from '../../text/comparing/differences.ts'
import { proposedDifference } from '../../text/comparing/proposed-difference.ts'
import { clauseTexts, publicScope, type Scope } from '../scope.ts'
import { rulesOf } from '../submissions/submission-rules.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'public/drafts/_difference': { difference: Difference[] }
  }
}

/** Shows, while somebody words a proposal, what it changes. Without a script the review page does. */
export function difference(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: { slug: string } }>('/consultations/:slug/difference', async (request, reply) => {
    const scope = await publicScope(deps, request.params.slug)
    const [typed] = submissionForm(rulesOf(scope, zh.wrong)).typed(request.body).comments
    const isShown = typed && typed.wording.length <= longestWording
    reply.header('cache-control', 'no-store')
    return reply.page('public/drafts/_difference', { difference: (isShown && changeIn(scope, typed)) || [] })
  })
}

/** What a comment proposes to change, beside the words that stand there; null where it proposes nothing. */
export function changeIn(
  scope: Scope,
  { clause, proposal, wording, quote }: TypedComment,
): Difference[] | null {
  const text = clauseTexts(scope).get(clause)
  if (!proposal || text === undefined) return null
  const exact = quote.trim()
  return proposedDifference(text, { proposal, wording: wording.trim(), quote: exact ? { exact } : null })
}
