import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { limits } from '../rules/submission-checks.ts'
import { readTyped } from '../rules/typed-submission.ts'
import { type Difference, differences } from '../text/differences.ts'
import { clauseTexts, publicScope } from './scope.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'public/_difference': { difference: Difference[] }
  }
}

/** Shows, while somebody words a proposal, what it changes. Without a script the review page does. */
export async function difference(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.post<{ Params: { slug: string } }>('/consultations/:slug/difference', async (request, reply) => {
    const scope = await publicScope(deps, request.params.slug)
    const [typed] = readTyped(request.body).comments
    const before = typed && (typed.quote.trim() || clauseTexts(scope).get(typed.clause))
    const isChange = typed?.proposal === 'amend' && before && typed.wording.length <= limits.wording
    reply.header('cache-control', 'no-store')
    return reply.page('public/_difference', {
      difference: isChange ? differences(before, typed.wording) : [],
    })
  })
}
