import type { FastifyInstance, FastifyRequest } from 'fastify'
import { versionedItem } from '../../../db/queries/answers/unit-items.ts'
import {
  recordReply,
  removeUnitOpinion,
  type UnitOpinion,
  type UnitOpinionItem,
  unitOpinionsOf,
  versionedReply,
} from '../../../db/queries/answers/unit-opinions.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { currentVersion, standingVersions } from '../../../db/queries/versions/office-versions.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import type { TypedUnitItem } from '../../rules/answers/unit-item-form.ts'
import { letterForm, replyNames, type TypedLetter } from '../../rules/answers/unit-letter-form.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { nameOf, wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { errorsOf, type RefusedForm, type StandingForm, standing } from '../../rules/standing-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { mayWrite } from '../consultation.ts'
import { conflict } from '../versions/conflict.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'
import { isOverdue } from './units.ts'

interface ShownItem extends UnitOpinionItem {
  clauseName: string
  outcomeName: string | null
  answer: StandingForm
  saved: Saved | null
}

interface UnitPage {
  consultation: Consultation
  unit: UnitOpinion
  overdue: boolean
  address: string
  items: ShownItem[]
  saved: Saved | null
  replies: [string, string][]
  outcomes: [string, string][]
  clauses: [key: string, name: string][]
  mayWrite: boolean
  typed: TypedLetter & TypedUnitItem
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/unit': UnitPage
  }
}

/** An address under /office/:slug/units/:unit. */
export interface OfUnit {
  Params: { unit: string }
}

type UnitWithItems = Awaited<ReturnType<typeof unitOpinionsOf>>[number]

/**
 * /office/:slug/units/:unit: a letter, its reply, and what the unit says clause by clause; …/removal: a letter that was
 * entered in error.
 */
export function unit(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get<OfUnit>('/units/:unit', async (request, reply) =>
    reply.page('office/answers/unit', await unitPage(deps, request, await unitAsked(deps, request))),
  )

  app.post<OfUnit>('/units/:unit', async (request, reply) => {
    const { consultation } = request
    const unit = await unitAsked(deps, request)
    const typed = { ...letterForm.typed(request.body), unit: unit.unit, sent_on: unit.sentOn }
    const { values, errors } = letterForm.read(typed)
    if (!values) {
      const page = await unitPage(deps, request, unit)
      return reply
        .code(422)
        .page('office/answers/unit', { ...page, typed: { ...page.typed, ...typed }, errors })
    }
    const recording = recordReply(db, consultation.id, unit.id, values, actOf(request, deps))
    return (await doneUnless('stale', recording))
      ? reply.redirect(unitAddress(consultation, unit), 303)
      : conflict(deps, request, reply, versionedReply(consultation.id, unit.id), typed)
  })

  app.post<OfUnit>('/units/:unit/removal', async (request, reply) => {
    const { consultation } = request
    const unit = await unitAsked(deps, request)
    await removeUnitOpinion(db, consultation.id, unit.id, actOf(request, deps))
    return reply.redirect(`/office/${consultation.slug}/units`, 303)
  })
}

/** The unit that the address names, with what it said of the clauses. @throws PageError 404 */
export async function unitAsked(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfUnit>,
): Promise<UnitWithItems> {
  const unit = (await unitOpinionsOf(db, consultation.id)).find(({ id }) => id === params.unit)
  if (!unit) throw notFound()
  return unit
}

export function unitAddress({ slug }: Consultation, { id }: UnitOpinion): string {
  return `/office/${slug}/units/${id}`
}

interface UnitClause {
  key: string
  name: string
}

/** What a unit may speak of: the draft as a whole, and each clause. */
export async function unitClauses({ db }: Dependencies, { id }: Consultation): Promise<UnitClause[]> {
  const clauses = await orderedClauses(db, id)
  return [{ key: wholeDraft, name: wholeDraftName }, ...clauses.map(({ key, name }) => ({ key, name }))]
}

/** What the page of a unit shows, with nothing typed in its forms. @param known the clauses, where they are read */
export async function unitPage(
  deps: Dependencies,
  request: FastifyRequest,
  { items, ...unit }: UnitWithItems,
  refused: RefusedForm | null = null,
  known: UnitClause[] | null = null,
): Promise<UnitPage> {
  const { consultation } = request
  const ofReply = versionedReply(consultation.id, unit.id)
  const ofItem = (item: UnitOpinionItem) => versionedItem(consultation.id, item)
  const [clauses, version, versions] = await Promise.all([
    known ?? unitClauses(deps, consultation),
    currentVersion(deps.db, ofReply),
    standingVersions(
      deps.db,
      { consultationId: consultation.id, kind: 'unit_item' },
      items.map((item) => ofItem(item).row),
    ),
  ])
  const savedOf = (item: UnitOpinionItem) =>
    savedAs(consultation, ofItem(item), versions.get(ofItem(item).row) ?? null)
  return {
    consultation,
    unit,
    overdue: isOverdue(unit, shanghaiDay(deps.now())),
    address: unitAddress(consultation, unit),
    items: clauses.flatMap(({ key, name }) =>
      items
        .filter(({ clause }) => clause === key)
        .map((item) => shownItem(item, name, savedOf(item), refused)),
    ),
    saved: savedAs(consultation, ofReply, version),
    replies: Object.entries(replyNames),
    outcomes: Object.entries(outcomeNames),
    clauses: clauses.map(({ key, name }) => [key, name]),
    mayWrite: mayWrite(request),
    typed: { ...letterForm.given({ ...unit, revision: version?.revision ?? 0 }), clause: '', body: '' },
    errors: errorsOf(refused),
  }
}

function shownItem(
  item: UnitOpinionItem,
  clauseName: string,
  saved: Saved | null,
  refused: RefusedForm | null,
): ShownItem {
  const { id, outcome, reason } = item
  const revision = String(saved?.revision ?? 0)
  return {
    ...item,
    clauseName,
    outcomeName: outcome && nameOf(outcomeNames, outcome),
    saved,
    answer: standing(id, { outcome: outcome ?? '', reason: reason ?? '', revision }, refused),
  }
}
