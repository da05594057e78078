import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  findRetraction,
  publicSince,
  type RetractedText,
  type Retraction,
  retractedTextsOf,
  viewWords,
} from '../../../db/queries/retractions/retraction-records.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf, memberOf, memberWith } from '../../plugins/roles.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { waited } from '../../rules/moderation/review-time.ts'
import { nameOf, stateNames } from '../../rules/names.ts'
import { pageName, publicPlaces, retractionCauses } from '../../rules/retractions/public-places.ts'
import { hasRole, type Role } from '../../rules/staff/roles.ts'
import { idOf } from '../queue-address.ts'

interface RetractionPage {
  id: string
  title: string
  at: string
  by: string
  cause: string
  /** Whether words were hidden, and what they are, where somebody asked for it. */
  hasWords: boolean
  words: string | null
  mayUncover: boolean
  since: string | null
  /** How long it was public. */
  lasted: string | null
  texts: { name: string; since: string | null; comment: { href: string; state: string } | null }[]
  pages: { name: string; address: string; count: number }[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'moderation/retractions/retraction': RetractionPage
  }
}

interface Asked {
  Params: { retraction: string }
}

const readers: Role[] = ['moderator', 'approver', 'auditor']
const uncovering: Role[] = ['moderator', 'approver']

/** GET /moderation/retractions/:retraction, the record. POST …/words shows what was hidden, which is logged. */
export function retraction(app: FastifyInstance, deps: Dependencies): void {
  app.get<Asked>('/retractions/:retraction', async (request, reply) => {
    const found = await retractionAsked(deps, request, readers)
    return reply.page('moderation/retractions/retraction', await recordPage(deps, request, found, null))
  })

  app.post<Asked>('/retractions/:retraction/words', async (request, reply) => {
    const found = await retractionAsked(deps, request, uncovering)
    const words = await viewWords(deps.db, deps.seals, found, actOf(request, deps))
    return reply.page('moderation/retractions/retraction', await recordPage(deps, request, found, words))
  })
}

async function retractionAsked(
  { db }: Dependencies,
  request: FastifyRequest<Asked>,
  roles: Role[],
): Promise<Retraction> {
  const id = idOf(request.params.retraction)
  const found = id && (await findRetraction(db, id))
  if (!found) throw notFound()
  memberWith(request, found.consultationId, ...roles)
  return found
}

async function recordPage(
  { db }: Dependencies,
  request: FastifyRequest,
  { id, slug, title, createdAt, by, cause, fetched, consultationId, words: sealed }: Retraction,
  words: string | null,
): Promise<RetractionPage> {
  const texts = await retractedTextsOf(db, id)
  const since = publicSince(texts)
  return {
    id,
    title,
    at: shanghaiMinute(createdAt),
    by,
    cause: nameOf(retractionCauses, cause),
    hasWords: sealed !== null,
    words,
    mayUncover: hasRole(memberOf(request).grants, uncovering, consultationId),
    since: since && shanghaiMinute(since),
    lasted: since && howLong(since, createdAt),
    texts: texts.map(shownText),
    pages: fetched.map(({ page, count }) => ({
      name: pageName(page),
      address: `/consultations/${slug}${page}`,
      count,
    })),
  }
}

function howLong(since: Date, until: Date): string {
  return until.getTime() - since.getTime() < 60 * 60 * 1000 ? '不到 1 小时' : waited(since, until)
}

function shownText({ place, since, comment }: RetractedText): RetractionPage['texts'][number] {
  return {
    name: publicPlaces[place].name,
    since: since && shanghaiMinute(since),
    comment: comment && {
      href: `/moderation?comment=${comment.id}`,
      state: nameOf(stateNames, comment.state),
    },
  }
}
