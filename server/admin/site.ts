import type { FastifyInstance, FastifyReply } from 'fastify'
import { retentionTerms, saveRetentionTerms, saveSiteFacts, siteFacts } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import { retentionFieldNames, retentionForm } from '../rules/consultations/retentions.ts'
import type { TypedIn } from '../rules/form.ts'
import { commentListings, siteFieldNames, siteForm } from '../rules/site.ts'
import type { FieldError } from '../rules/typed.ts'

type TypedSite = TypedIn<typeof siteForm>
type TypedRetention = TypedIn<typeof retentionForm>

interface SitePage {
  names: typeof siteFieldNames
  listings: [listing: string, name: string][]
  typed: TypedSite
  /** Of whichever of the two forms was sent. */
  errors: FieldError[]
  terms: { names: typeof retentionFieldNames; typed: TypedRetention }
}

declare module '../plugins/views.ts' {
  interface Views {
    'admin/site': SitePage
  }
}

/**
 * GET and POST /admin/site: the site's name, and what its foot says (政府网站发展指引, 国办发〔2017〕47号). POST
 * /admin/site/retention: how long what says who sent a comment is kept.
 */
export function site(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps
  const show = async (
    reply: FastifyReply,
    said: { typed?: TypedSite; terms?: TypedRetention; errors?: FieldError[] } = {},
  ) =>
    reply.code(said.errors ? 422 : 200).page('admin/site', {
      names: siteFieldNames,
      listings: Object.entries(commentListings),
      typed: said.typed ?? siteForm.given(await siteFacts(db)),
      errors: said.errors ?? [],
      terms: {
        names: retentionFieldNames,
        typed: said.terms ?? retentionForm.given(await retentionTerms(db)),
      },
    })

  app.get('/site', async (_request, reply) => show(reply))

  app.post('/site', async (request, reply) => {
    const { typed, values, errors } = siteForm.sent(request.body)
    if (!values) return show(reply, { typed, errors })
    await saveSiteFacts(db, values, actOf(request, deps))
    return reply.redirect('/admin/site', 303)
  })

  app.post('/site/retention', async (request, reply) => {
    const { typed, values, errors } = retentionForm.sent(request.body)
    if (!values) return show(reply, { terms: typed, errors })
    await saveRetentionTerms(db, values, actOf(request, deps))
    return reply.redirect('/admin/site', 303)
  })
}
