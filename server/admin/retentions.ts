import type { FastifyInstance } from 'fastify'
import {
  archive,
  type Retention,
  retentionOf,
  retentionsOf,
  undoArchive,
} from '../../db/queries/consultations/retentions.ts'
import { retentionTerms } from '../../db/queries/settings.ts'
import { repeatable } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { actOf } from '../plugins/roles.ts'
import { addDays, shanghaiDay, shanghaiMinute } from '../rules/days.ts'

interface ShownRetention {
  slug: string
  title: string
  /** The day on which the outcome was published. */
  outcomeOn: string
  /** null: none has been promised yet. */
  promisedOn: string | null
  archived: { by: string; at: string } | null
  anonymisedAt: string | null
}

declare module '../plugins/views.ts' {
  interface Views {
    'admin/retentions': { retentions: ShownRetention[] }
  }
}

/**
 * GET /admin/retentions: until when consultations keep who sent their comments. POST …/:slug/archive says that the archive
 * has taken the papers over, without which nothing is removed; …/removal takes that back.
 */
export function retentions(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/retentions', async (_request, reply) =>
    reply.page('admin/retentions', { retentions: (await retentionsOf(db)).map(shown) }),
  )

  app.post<{ Params: { slug: string } }>('/retentions/:slug/archive', async (request, reply) => {
    const retention = await retentionOf(db, request.params.slug)
    if (!retention?.outcomeAt) throw notFound()
    const act = actOf(request, deps)
    const { afterOutcome } = await retentionTerms(db)
    await repeatable(archive(db, retention, addDays(shanghaiDay(act.now), afterOutcome), act))
    return reply.redirect('/admin/retentions', 303)
  })

  app.post<{ Params: { slug: string } }>('/retentions/:slug/archive/removal', async (request, reply) => {
    const retention = await retentionOf(db, request.params.slug)
    if (!retention) throw notFound()
    await repeatable(undoArchive(db, retention, actOf(request, deps)))
    return reply.redirect('/admin/retentions', 303)
  })
}

function shown(retention: Retention): ShownRetention {
  const { slug, title, outcomeAt, promisedOn, archivedAt, archivedBy, anonymisedAt } = retention
  return {
    slug,
    title,
    outcomeOn: outcomeAt ? shanghaiDay(outcomeAt) : '',
    promisedOn,
    archived: archivedAt && { by: archivedBy ?? '', at: shanghaiMinute(archivedAt) },
    anonymisedAt: anonymisedAt && shanghaiMinute(anonymisedAt),
  }
}
