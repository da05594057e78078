import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  recordReply,
  removeUnitOpinion,
  type UnitOpinion,
  type UnitOpinionItem,
  unitOpinionsOf,
} from '../../../db/queries/answers/unit-opinions.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import {
  readLetter,
  replyNames,
  type TypedLetter,
  typedLetter,
} from '../../rules/answers/unit-letter-form.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { nameOf, wholeDraft, wholeDraftName } from '../../rules/names.ts'
import type { FieldError } from '../../rules/typed.ts'
import { consultationOf, mayWrite } from '../consultation.ts'
import { isOverdue } from './units.ts'

export interface UnitPage {
  consultation: Consultation
  unit: UnitOpinion
  overdue: boolean
  address: string
  items: (UnitOpinionItem & { clauseName: string; outcomeName: string | null })[]
  replies: [string, string][]
  outcomes: [string, string][]
  clauses: { key: string; name: string }[]
  mayWrite: boolean
  typed: TypedLetter
  /** What it says of a clause, as it is being typed in. */
  item: { clause: string; body: string }
  /** The answer that is being typed, and to which item; null where none is. */
  answer: { id: string; outcome: string; reason: string } | null
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/unit': UnitPage
  }
}

/** GET /office/:slug/units/:unit: a letter, its reply, and what the unit says clause by clause. */
export function unitPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/answers/unit', await unitPageOf(deps, request))
}

/** POST /office/:slug/units/:unit: what it replied. */
export function unitReply(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await unitPageOf(deps, request)
    const { consultation, unit, address } = page
    const typed = { ...typedLetter(request.body), unit: unit.unit, sent_on: unit.sentOn }
    const { letter, errors } = readLetter(typed)
    if (!letter) return reply.code(422).page('office/answers/unit', { ...page, typed, errors })
    await recordReply(deps.db, consultation.id, unit.id, letter, memberOf(request).id, deps.now())
    return reply.redirect(address, 303)
  }
}

/** POST …/removal: a letter that was entered in error. */
export function unitRemoval(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, unit } = await unitPageOf(deps, request)
    await removeUnitOpinion(deps.db, consultation.id, unit.id, memberOf(request).id, deps.now())
    return reply.redirect(`/office/${consultation.slug}/units`, 303)
  }
}

/** What the page of the unit that the address names shows. @throws PageError 404 */
export async function unitPageOf({ db, now }: Dependencies, request: FastifyRequest): Promise<UnitPage> {
  const consultation = consultationOf(request)
  const [units, ordered] = await Promise.all([
    unitOpinionsOf(db, consultation.id),
    orderedClauses(db, consultation.id),
  ])
  const asked: unknown = Reflect.get(Object(request.params), 'unit')
  const found = units.find(({ id }) => id === asked)
  if (!found) throw notFound()
  const { items, ...unit } = found
  const clauses = [{ key: wholeDraft, name: wholeDraftName }, ...ordered]
  return {
    consultation,
    unit,
    overdue: isOverdue(unit, shanghaiDay(now())),
    address: `/office/${consultation.slug}/units/${unit.id}`,
    items: clauses.flatMap(({ key, name }) =>
      items.flatMap((item) =>
        item.clause === key
          ? [{ ...item, clauseName: name, outcomeName: item.outcome && nameOf(outcomeNames, item.outcome) }]
          : [],
      ),
    ),
    replies: Object.entries(replyNames),
    outcomes: Object.entries(outcomeNames),
    clauses: clauses.map(({ key, name }) => ({ key, name })),
    mayWrite: mayWrite(request),
    typed: typedFrom(unit),
    item: { clause: '', body: '' },
    answer: null,
    errors: [],
  }
}

function typedFrom(unit: UnitOpinion): TypedLetter {
  return {
    unit: unit.unit,
    letter_number: unit.letterNumber ?? '',
    sent_on: unit.sentOn,
    due_on: unit.dueOn ?? '',
    reply: unit.reply,
    replied_on: unit.repliedOn ?? '',
    unit_position: unit.unitPosition ?? '',
    office_position: unit.officePosition ?? '',
    unresolved: unit.unresolved,
  }
}
