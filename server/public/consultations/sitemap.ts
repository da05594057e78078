import type { FastifyInstance } from 'fastify'
import { publicConsultations } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { frameOf } from '../frame.ts'
import { clausesOf, seenConsultation, withRound } from '../scope.ts'
import { areListed } from '../search-engines.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'public/consultations/sitemap': { addresses: string[] }
  }
}

/** GET /sitemap.xml, and /robots.txt, which says where it is: for search engines (sitemaps.org). */
export function sitemap(app: FastifyInstance, deps: Dependencies): void {
  app.get('/sitemap.xml', async (request, reply) => {
    const frame = await frameOf(request, deps)
    const { origin } = frame
    const listsComments = areListed(frame)
    const all = await publicConsultations(deps.db)
    const standing = all.map(({ id, revision }) => [id, revision])
    const make = async () => {
      const pages = await Promise.all(all.map(({ slug }) => pagesOf(deps, slug, listsComments)))
      return app.page('public/consultations/sitemap', {
        addresses: ['/', ...pages.flat()].map((path) => origin + path),
      })
    }
    return reply.keptPage([standing, origin, listsComments], make, 'application/xml; charset=utf-8')
  })

  app.get('/robots.txt', async (request, reply) => {
    const { origin } = await frameOf(request, deps)
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=0, s-maxage=10')
      .send(`User-agent: *\nAllow: /\nSitemap: ${origin}/sitemap.xml\n`)
  })
}

async function pagesOf(deps: Dependencies, slug: string, listsComments: boolean): Promise<string[]> {
  const base = `/consultations/${slug}`
  const scope = await withRound(deps, await seenConsultation(deps, slug))
  const outcome = scope.state === 'concluded' ? [`${base}/outcome`] : []
  if (!listsComments) return [base, ...outcome]
  return [
    base,
    ...outcome,
    `${base}/comments`,
    ...clausesOf(scope).map(({ key }) => `${base}/clauses/${key}`),
  ]
}
