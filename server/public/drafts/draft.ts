import type { FastifyInstance } from 'fastify'
import { publishedCounts } from '../../../db/queries/comments/published-counts.ts'
import { extensionsOf } from '../../../db/queries/consultations/extensions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type Hidden, hiddenBy } from '../../rules/consultations/publication-policies.ts'
import type { Region } from '../../rules/consultations/regions.ts'
import { daysBetween, shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import { wholeDraft } from '../../rules/names.ts'
import { names, type Place, placeIn } from '../../rules/submissions/places.ts'
import { type Announcements, announcementsOf } from '../consultations/announcements.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { type Scope, seenConsultation, seenKey, withRound } from '../scope.ts'
import { type OutlineEntry, outlineOf } from './outline.ts'
import { type ShownClause, shownClause } from './shown-clause.ts'

interface ShownUnit extends ShownClause {
  kind: string
  level: number
  /** The element's id: the key of a clause, for a heading its place. */
  id: string
  citation: string
  outlineName: string
  count: number
  isNear: boolean
}

interface DraftPage {
  frame: Frame
  title: string
  slug: string
  organ: string
  draftTitle: string
  draftMark: string
  state: string
  daysLeft: number
  opens: string
  publishedAt: string
  closes: string
  explanation: string[]
  announcements: Announcements
  minutes: number
  /** Why no comments are shown yet; null where they are. */
  hidden: Hidden | null
  published: number
  whole: number
  /** 与我有关: the place that was asked for; its clauses are lit. */
  near: string | null
  regions: Region[]
  units: ShownUnit[]
  outline: OutlineEntry[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/drafts/draft': DraftPage
  }
}

interface Params {
  slug: string
}

const readingSpeed = 400

export function draft(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: Params; Querystring: { near?: unknown } }>(
    '/consultations/:slug',
    async (request, reply) => {
      const seen = await seenConsultation(deps, request.params.slug)
      const frame = await frameOf(request, deps, ['near'])
      const asked = request.query.near
      // 与我有关: a place that is none of the consultation's is not asked for.
      const scope = asked === undefined ? null : await withRound(deps, seen)
      const near = scope && placeIn(scope.consultation.regions, asked)
      return reply.keptPage([seenKey(seen, deps.now()), near, frameKey(frame)], async () => {
        const page = await draftPage(deps, scope ?? (await withRound(deps, seen)), near, frame)
        return app.page('public/drafts/draft', page)
      })
    },
  )
}

async function draftPage(
  deps: Dependencies,
  scope: Scope,
  near: Place | null,
  frame: Frame,
): Promise<DraftPage> {
  const { consultation, round, state } = scope
  const now = deps.now()
  const counts = await publishedCounts(deps.db, consultation, now)
  const [, draftTitle = round.title, draftMark = ''] = /^(.*?)(（[^（）]*稿）)?$/su.exec(round.title) ?? []
  const units = round.units.map((unit) => {
    const shown = shownClause(scope, unit)
    return {
      ...shown,
      kind: unit.kind,
      level: unit.level,
      citation: unit.citation,
      id: unit.key ?? `h${unit.position}`,
      outlineName: (unit.key && scope.names.get(unit.key)?.inOutline) || shown.name,
      count: unit.key ? (counts.get(unit.key) ?? 0) : 0,
      isNear: near !== null && unit.key !== null && names(unit.text, near),
    }
  })
  return {
    frame,
    title: round.title,
    slug: consultation.slug,
    organ: consultation.organ,
    draftTitle,
    draftMark,
    state,
    daysLeft: daysBetween(shanghaiDay(now), shanghaiDay(consultation.closesAt)),
    opens: shanghaiDay(consultation.opensAt),
    publishedAt: shanghaiMinute(consultation.publishedAt ?? consultation.opensAt),
    closes: shanghaiMinute(consultation.closesAt),
    explanation: consultation.explanation.split(/\n+/).filter(Boolean),
    announcements: await announcementsOf(deps, scope, await extensionsOf(deps.db, consultation.id)),
    minutes: Math.max(1, Math.round([...consultation.explanation].length / readingSpeed)),
    hidden: hiddenBy(consultation.publicationPolicy, consultation.closesAt, now),
    published: [...counts.values()].reduce((total, count) => total + count, 0),
    whole: counts.get(wholeDraft) ?? 0,
    near: near?.name ?? null,
    regions: consultation.regions,
    units,
    outline: outlineOf(units),
  }
}
