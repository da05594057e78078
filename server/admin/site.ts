import type { FastifyInstance, FastifyReply } from 'fastify'
import { saveSiteFacts, siteFacts } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import type { TypedIn } from '../rules/form.ts'
import { commentListings, siteFieldNames, siteForm } from '../rules/site.ts'
import type { FieldError } from '../rules/typed.ts'

type TypedSite = TypedIn<typeof siteForm>

declare module '../plugins/views.ts' {
  interface Views {
    'admin/site': {
      names: typeof siteFieldNames
      listings: [listing: string, name: string][]
      typed: TypedSite
      errors: FieldError[]
    }
  }
}

/** GET and POST /admin/site: the site's name, and what its foot says (政府网站发展指引, 国办发〔2017〕47号). */
export function site(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps
  const show = (reply: FastifyReply, typed: TypedSite, errors: FieldError[]) =>
    reply.code(errors.length > 0 ? 422 : 200).page('admin/site', {
      names: siteFieldNames,
      listings: Object.entries(commentListings),
      typed,
      errors,
    })

  app.get('/site', async (_request, reply) => show(reply, siteForm.given(await siteFacts(db)), []))

  app.post('/site', async (request, reply) => {
    const { typed, values, errors } = siteForm.sent(request.body)
    if (!values) return show(reply, typed, errors)
    await saveSiteFacts(db, values, actOf(request, deps))
    return reply.redirect('/admin/site', 303)
  })
}
