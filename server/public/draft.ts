import type { FastifyInstance } from 'fastify'
import { publishedCounts } from '../../db/queries/published-counts.ts'
import type { Dependencies } from '../dependencies.ts'
import { daysBetween } from '../rules/days.ts'
import { wholeDraft } from '../rules/names.ts'
import { shanghaiDay, shanghaiMinute } from '../rules/shanghai.ts'
import { type Announcements, announcementsOf } from './announcements.ts'
import { type Frame, frameKey, frameOf } from './frame.ts'
import { type Scope, seenConsultation, seenKey, withRound } from './scope.ts'
import { type ShownClause, shownClause } from './shown-clause.ts'

interface ShownUnit extends ShownClause {
  kind: string
  level: number
  /** The element's id: the key of a clause, for a heading its place. */
  id: string
  outlineName: string
  count: number
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
  closes: string
  explanation: string[]
  announcements: Announcements
  minutes: number
  published: number
  whole: number
  units: ShownUnit[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'public/draft': DraftPage
  }
}

interface Params {
  slug: string
}

const readingSpeed = 400

export async function draft(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.get<{ Params: Params }>('/consultations/:slug', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    const frame = await frameOf(request, deps)
    return reply.keptPage([seenKey(seen, deps.now()), frameKey(frame)], async () =>
      app.page('public/draft', await draftPage(deps, await withRound(deps, seen), frame)),
    )
  })

  app.get<{ Params: Params }>('/consultations/:slug/draft.json', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    return reply.keptPage(
      seenKey(seen, deps.now()),
      async () => JSON.stringify(draftJson(await withRound(deps, seen))),
      'application/json; charset=utf-8',
    )
  })
}

/** The text for programs: title, labels and texts joined are the document. */
function draftJson({ consultation, round }: Scope) {
  return {
    consultation: consultation.slug,
    round: round.number,
    title: round.title,
    units: round.units.map(({ key, kind, level, label, citation, heading, text }) => {
      return { key, kind, level, label, citation, heading, text }
    }),
    artefacts: round.artefacts.map(({ text, reason }) => ({ text, reason })),
  }
}

async function draftPage(deps: Dependencies, scope: Scope, frame: Frame): Promise<DraftPage> {
  const { consultation, round, names, state } = scope
  const now = deps.now()
  const counts = await publishedCounts(deps.db, consultation, now)
  const [, draftTitle = round.title, draftMark = ''] = /^(.*?)(（[^（）]*稿）)?$/su.exec(round.title) ?? []
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
    closes: shanghaiMinute(consultation.closesAt),
    explanation: consultation.explanation.split(/\n+/).filter(Boolean),
    announcements: await announcementsOf(deps, scope),
    minutes: Math.max(1, Math.round([...consultation.explanation].length / readingSpeed)),
    published: [...counts.values()].reduce((total, count) => total + count, 0),
    whole: counts.get(wholeDraft) ?? 0,
    units: round.units.map((unit) => {
      const shown = shownClause(scope, unit)
      return {
        ...shown,
        kind: unit.kind,
        level: unit.level,
        id: unit.key ?? `h${unit.position}`,
        outlineName: (unit.key && names.get(unit.key)?.inOutline) || shown.name,
        count: unit.key ? (counts.get(unit.key) ?? 0) : 0,
      }
    }),
  }
}
