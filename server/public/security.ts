import type { FastifyInstance } from 'fastify'
import { siteFacts } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { addDays, type Day, shanghaiDay } from '../rules/days.ts'

const path = '/.well-known/security.txt'
/** In days; RFC 9116 wants less than a year (2.5.5). A copy that somebody kept is not believed for longer. */
const goodFor = 180

/**
 * GET /.well-known/security.txt: to whom a fault in the portal's security is told (RFC 9116). There is none where an
 * administrator has named nobody: a file without a contact is not valid, and one that leads nowhere is worse than none.
 */
export function security(app: FastifyInstance, { db, config, now }: Dependencies): void {
  app.get(path, async (_request, reply) => {
    const { securityContact } = await siteFacts(db)
    if (securityContact === null) throw notFound()
    const today = shanghaiDay(now())
    const make = async () => securityText(securityContact, today, config.publicUrl)
    return reply.keptPage([securityContact, today], make, 'text/plain; charset=utf-8')
  })
}

/** Named by the address that the operator set, never by the Host that somebody asked for. */
function securityText(contact: string, today: Day, publicUrl: string | null): string {
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${addDays(today, goodFor)}T00:00:00+08:00`,
    'Preferred-Languages: zh, en',
    ...(publicUrl?.startsWith('https:') ? [`Canonical: ${publicUrl}${path}`] : []),
  ]
  return `${lines.join('\n')}\n`
}
