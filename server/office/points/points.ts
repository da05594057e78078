import type { FastifyInstance } from 'fastify'
import { departmentsOf } from '../../../db/queries/answers/departments.ts'
import { departmentsOfPoints } from '../../../db/queries/answers/given-points.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { concernsOf } from '../../../db/queries/points/concerns.ts'
import { listedPoints, type PointPlace } from '../../../db/queries/points/listed-points.ts'
import { pointCells } from '../../../db/queries/points/point-cells.ts'
import { countOpenLetters } from '../../../db/queries/points/splits.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { wholeDraft } from '../../rules/names.ts'
import type { PointFilters } from '../../rules/points/point-filters.ts'
import { pointTotals } from '../../rules/points/point-totals.ts'
import { field } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'
import { type ShownPoint, shownPoint } from './shown-point.ts'

interface PointsPage {
  consultation: Consultation
  address: string
  filters: PointFilters
  clauseName: string
  clauseText: string
  /** Each with how many points are about it, and where all of them are listed. */
  clauses: { name: string; href: string; current: boolean; count: number; all: string }[]
  narrowing: { name: string; href: string; current: boolean }[]
  /** Each with the department that it was given to by itself. */
  points: { point: ShownPoint; given: string | null }[]
  concerns: [id: string, sentence: string][]
  departments: [id: string, name: string][]
  open: number
  next: string | null
  mayWrite: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/points/points': PointsPage
  }
}

const pageSize = 100

/** GET /office/:slug/points?clause=&concern=&answered=&after=: what is said of a clause, point by point, to be gathered and answered. */
export function points(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/points', async (request, reply) => {
    const { consultation } = request
    const { id, slug } = consultation
    const [places, cells, parted] = await Promise.all([
      clausePlaces(db, id),
      countCells(db, id),
      pointCells(db, id),
    ])
    const admitted: readonly string[] = admittedStates
    const totals = pointTotals(
      cells.filter(({ state }) => admitted.includes(state)),
      parted,
      ({ clause }) => clause,
    )
    const first = [...places.keys()].find((key) => (totals.get(key) ?? 0) > 0) ?? wholeDraft
    const filters = filtersOf(request.query, places, first)
    const [found, concerns, open, departments] = await Promise.all([
      listedPoints(db, id, filters, { after: placeOf(request.query), limit: pageSize + 1 }),
      concernsOf(db, id, filters.clause),
      countOpenLetters(db, id),
      departmentsOf(db, id),
    ])
    const listed = found.slice(0, pageSize)
    const last = found.length > pageSize ? listed.at(-1) : null
    const given = await departmentsOfPoints(db, {
      points: listed.flatMap(({ id }) => id ?? []),
      comments: listed.flatMap(({ id, publicId }) => (id === null ? [publicId] : [])),
    })
    const addressOf = (changed: Partial<PointFilters>) => pointsAddress(slug, { ...filters, ...changed })
    return reply.page('office/points/points', {
      consultation,
      address: pointsAddress(slug, filters),
      filters,
      clauseName: places.get(filters.clause)?.name ?? filters.clause,
      clauseText: places.get(filters.clause)?.text ?? '',
      clauses: [...places].flatMap(([key, { name }]) => {
        const count = totals.get(key) ?? 0
        return count > 0
          ? [
              {
                ...{ name, count, href: addressOf({ clause: key }), current: key === filters.clause },
                all: addressOf({ clause: key, concern: null, answered: null }),
              },
            ]
          : []
      }),
      narrowing: narrowings.map(({ name, ...changed }) => ({
        name,
        href: addressOf(changed),
        current: changed.concern === filters.concern && changed.answered === filters.answered,
      })),
      points: listed.map((point) => ({
        point: shownPoint(slug, point, places),
        given: given.get(point.id ?? point.publicId) ?? null,
      })),
      concerns: concerns.map(({ id, sentence }) => [id, sentence]),
      departments: departments.map(({ id, name }): [string, string] => [id, name]),
      open,
      next: last
        ? `${pointsAddress(slug, filters)}&after=${last.id ? `parts.${last.id}` : `whole.${last.publicId}`}`
        : null,
      mayWrite: mayWrite(request),
    })
  })
}

const narrowings = [
  { name: '还没归并、没答复的', concern: 'none', answered: 'no' },
  { name: '还没答复的', concern: null, answered: 'no' },
  { name: '已归并的', concern: 'some', answered: null },
  { name: '全部', concern: null, answered: null },
] as const

/** What is still to be done comes first. */
function filtersOf(query: unknown, places: ReadonlyMap<string, unknown>, first: string): PointFilters {
  const clause = field(query, 'clause')
  const [concern, answered] = [field(query, 'concern'), field(query, 'answered')]
  if (concern === null && answered === null)
    return { clause: clause && places.has(clause) ? clause : first, concern: 'none', answered: 'no' }
  return {
    clause: clause && places.has(clause) ? clause : first,
    concern: concern === 'none' || concern === 'some' ? concern : null,
    answered: answered === 'yes' || answered === 'no' ? answered : null,
  }
}

function placeOf(query: unknown): PointPlace | null {
  const [of, id] = field(query, 'after')?.split('.') ?? []
  return id && (of === 'parts' || of === 'whole') ? { of, id } : null
}

export function pointsAddress(slug: string, { clause, concern, answered }: PointFilters): string {
  return `/office/${slug}/points?clause=${clause}&concern=${concern ?? 'any'}&answered=${answered ?? 'any'}`
}
