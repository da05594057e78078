import type { FastifyInstance } from 'fastify'
import type { Database } from '../../../db/database.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { clausesOf } from '../../../db/queries/departments/assignment-ways.ts'
import { waysByDepartment } from '../../../db/queries/departments/department-points.ts'
import { departmentsOfPoints, type GivenTo } from '../../../db/queries/departments/given-points.ts'
import { concernsAbout } from '../../../db/queries/points/concerns.ts'
import { listedPoints } from '../../../db/queries/points/listed-points.ts'
import { countOpenLetters } from '../../../db/queries/points/splits.ts'
import { type PointWays, waysByClause, waysByTheme } from '../../../db/queries/points/ways.ts'
import type { Dependencies } from '../../dependencies.ts'
import { wholeDraft } from '../../rules/names.ts'
import type { PointFilters } from '../../rules/points/point-filters.ts'
import { mayWrite } from '../consultation.ts'
import { pointsByClause, pointsListed, sum } from './counted-points.ts'
import { type KnownThings, knownThings, namesOf } from './known-things.ts'
import { type NarrowedPoints, narrowedPoints } from './narrowed-points.ts'
import { pointFiltersOf, pointPlaceOf, pointsAddress } from './points-address.ts'
import { type ShownPoint, shownPoint } from './shown-point.ts'

interface PointsPage {
  consultation: Consultation
  address: string
  filters: PointFilters
  /** What the list is of. */
  name: string
  clauseText: string
  narrowed: NarrowedPoints
  /** Each with the department that it was given to by itself. */
  points: { point: ShownPoint; given: GivenTo | null }[]
  concerns: [id: string, sentence: string][]
  clauses: [key: string, name: string][]
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

/**
 * GET /office/:slug/points?clause=&theme=&department=&stance=&concern=&answered=&after=: what is said of a clause, under a theme,
 * or is a department's to answer, point by point, to be gathered and answered.
 */
export function points(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/points', async (request, reply) => {
    const { consultation, query } = request
    const { id, slug } = consultation
    const [known, byClause] = await Promise.all([knownThings(deps, id), pointsByClause(db, id)])
    const first = [...known.clauses.keys()].find((key) => sum(byClause.filter(({ of }) => of === key)) > 0)
    const filters = pointFiltersOf(query, known, first ?? wholeDraft)
    const page = { after: pointPlaceOf(query), limit: pageSize + 1 }
    const [found, concerns, open, listed] = await Promise.all([
      waysTo(db, id, filters).then((ways) => listedPoints(db, id, { ways, filters }, page)),
      concernsAbout(db, id, filters),
      countOpenLetters(db, id),
      pointsListed(db, id, filters, byClause),
    ])
    const shown = found.slice(0, pageSize)
    const last = found.length > pageSize ? shown.at(-1) : null
    const given = await departmentsOfPoints(db, {
      points: shown.flatMap(({ id }) => id ?? []),
      comments: shown.flatMap(({ id, publicId }) => (id === null ? [publicId] : [])),
    })
    const address = pointsAddress(slug, filters)
    const { clauses, openDepartments: departments } = namesOf(known)
    return reply.page('office/points/points', {
      ...{ consultation, address, filters, clauses, departments, open },
      name: nameOf(filters, known),
      clauseText: filters.clause === null ? '' : (known.clauses.get(filters.clause)?.text ?? ''),
      narrowed: narrowedPoints(slug, filters, known, { byClause, listed }),
      points: shown.map((point) => ({
        point: shownPoint(slug, point, known.clauses),
        given: given.get(point.id ?? point.publicId) ?? null,
      })),
      concerns: concerns.map(({ id, sentence }): [string, string] => [id, sentence]),
      next: last ? `${address}&after=${last.id ? `parts.${last.id}` : `whole.${last.publicId}`}` : null,
      mayWrite: mayWrite(request),
    })
  })
}

async function waysTo(
  db: Database,
  consultationId: string,
  { clause, theme, department }: PointFilters,
): Promise<PointWays> {
  if (theme !== null) return waysByTheme(db, theme)
  if (department === null) return waysByClause(db, clause ?? wholeDraft)
  const asked = { consultationId, departmentId: department }
  return waysByDepartment(db, asked, await clausesOf(db, department))
}

function nameOf({ clause, theme, department }: PointFilters, known: KnownThings): string {
  const clauseName = clause === null ? null : (known.clauses.get(clause)?.name ?? clause)
  const names = [
    theme === null ? null : `主题：${known.themes.get(theme)}`,
    department === null ? null : `责任单位：${known.departments.get(department)}`,
    clauseName,
  ]
  return names.filter((name) => name !== null).join(' · ')
}
