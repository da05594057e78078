import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { lastMove } from '../../../db/queries/points/concern-undo.ts'
import { type Concern, concernsAbout, findConcern } from '../../../db/queries/points/concerns.ts'
import { listedPoints, pointsOfConcern } from '../../../db/queries/points/listed-points.ts'
import { waysByClause } from '../../../db/queries/points/ways.ts'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { ClausePlace } from '../../documents/papers/clause-places.ts'
import { notFound } from '../../plugins/page-error.ts'
import { outcomeNames, responseStateNames } from '../../rules/answers/responses.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { nameOf, wholeDraft } from '../../rules/names.ts'
import { concernForm, type TypedConcern } from '../../rules/points/concern-form.ts'
import { movedInWords } from '../../rules/points/moved.ts'
import { everyPointOf } from '../../rules/points/point-filters.ts'
import type { FieldError } from '../../rules/typed.ts'
import { containment, pairsOf } from '../../text/comparing/similarity.ts'
import { field } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'
import { type DepartmentsSay, departmentsSay } from '../departments/departments-say.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'
import { concernAddress } from './concerns.ts'
import { type KnownThings, knownThings, namesOf } from './known-things.ts'
import { type ShownPoint, shownPoint } from './shown-point.ts'

export interface ConcernPage {
  consultation: Consultation
  concern: Concern
  address: string
  clauseName: string
  clauseText: string
  /** Where the clause is reworded, with the sentences to which this led; null for all of the draft. */
  clauseHref: string | null
  response: { outcomeName: string; stateName: string; reason: string; href: string } | null
  answering: string
  points: ShownPoint[]
  next: string | null
  /** Points of the same clause that are in no concern and say something alike, the most alike first. */
  alike: ShownPoint[]
  others: [id: string, sentence: string][]
  /** What was done last to its points, and can be undone. */
  undo: { move: string; name: string; by: string; at: string } | null
  clauses: [key: string, name: string][]
  themes: [id: string, name: string][]
  departments: [id: string, name: string][]
  /** Those of them that can be asked. */
  openDepartments: [id: string, name: string][]
  /** Who worded it last. */
  saved: Saved | null
  /** What departments answer, and how they signed it. */
  say: DepartmentsSay
  mayWrite: boolean
  typed: TypedConcern
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/points/concern': ConcernPage
  }
}

const pageSize = 100
/** So many points of a clause are compared with a concern, and so many of them shown. */
const compared = 500
const shownAlike = 20
/** How much of a concern's sentence a point says at least. */
const alikeFrom = 0.15

/** An address under /office/:slug/concerns/:concern. */
export interface OfConcern {
  Params: { concern: string }
}

/** GET /office/:slug/concerns/:concern: what it says, the points that say it, and what else may. */
export function concern(app: FastifyInstance, deps: Dependencies): void {
  app.get<OfConcern>('/concerns/:concern', async (request, reply) =>
    reply.page('office/points/concern', await concernPage(deps, request, await concernAsked(deps, request))),
  )
}

/** A concern, and what it may be about. */
export interface AskedConcern {
  concern: Concern
  known: KnownThings
}

/** The concern that the address names. @throws PageError 404 */
export async function concernAsked(
  deps: Dependencies,
  { consultation, params }: FastifyRequest<OfConcern>,
): Promise<AskedConcern> {
  const concern = await findConcern(deps.db, consultation.id, params.concern)
  if (!concern) throw notFound()
  return { concern, known: await knownThings(deps, consultation.id) }
}

/** A concern's page with nothing typed in its forms. */
export async function concernPage(
  { db }: Dependencies,
  request: FastifyRequest,
  { concern, known }: AskedConcern,
): Promise<ConcernPage> {
  const { consultation } = request
  const { id, slug } = consultation
  const after = field(request.query, 'after')
  const places = known.clauses
  const versioned = { consultationId: id, kind: 'concern', row: concern.id } as const
  const [found, others, say, loose, version, last] = await Promise.all([
    pointsOfConcern(db, concern.id, after, pageSize + 1),
    concernsAbout(db, id, { clause: concern.clause, theme: null, department: null }),
    departmentsSay(db, consultation, { kind: 'concern', id: concern.id }),
    listedPoints(
      db,
      id,
      {
        ways: waysByClause(db, concern.clause),
        filters: { ...everyPointOf(concern.clause), concern: 'none', answered: 'no' },
      },
      { after: null, limit: compared },
    ),
    currentVersion(db, versioned),
    lastMove(db, concern.id),
  ])
  const address = concernAddress(consultation, concern.id)
  const points = found.slice(0, pageSize)
  const { response } = concern
  return {
    ...{ consultation, concern, address },
    ...placeOf(places, concern.clause),
    clauseHref: concern.clause === wholeDraft ? null : `/office/${slug}/clauses/${concern.clause}#wordings`,
    response: response && {
      outcomeName: nameOf(outcomeNames, response.outcome),
      stateName: nameOf(responseStateNames, response.state),
      reason: response.reason,
      href: `/office/${slug}/responses/${response.id}`,
    },
    answering: `/office/${slug}/responses/new?concern=${concern.id}`,
    points: points.map((point) => shownPoint(slug, point, places)),
    next: found.length > pageSize ? `${address}?after=${points.at(-1)?.id}` : null,
    alike: alikeTo(
      concern.sentence,
      loose.map((point) => shownPoint(slug, point, places)),
    ),
    others: others.flatMap((other) =>
      other.id === concern.id ? [] : [[other.id, other.sentence] as const],
    ) as [string, string][],
    undo: last && {
      ...{ move: last.id, name: movedInWords(last.moved), by: last.by, at: shanghaiMinute(last.at) },
    },
    ...namesOf(known, [concern.departmentId]),
    saved: savedAs(consultation, versioned, version),
    say,
    mayWrite: mayWrite(request),
    typed: concernForm(known).given({
      ...{ sentence: concern.sentence, clause: concern.clause, revision: version?.revision ?? 0 },
      ...{ theme: concern.themeId, department: concern.departmentId },
    }),
    errors: [],
  }
}

function placeOf(places: ReadonlyMap<string, ClausePlace>, key: string) {
  const place = places.get(key)
  return { clauseName: place?.name ?? key, clauseText: place?.text ?? '' }
}

function alikeTo(sentence: string, points: ShownPoint[]): ShownPoint[] {
  const said = pairsOf(sentence)
  return points
    .map((point) => ({ point, likeness: containment(said, pairsOf(point.text)) }))
    .filter(({ likeness }) => likeness >= alikeFrom)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, shownAlike)
    .map(({ point }) => point)
}
