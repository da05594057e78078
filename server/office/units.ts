import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../db/open.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import {
  addUnitOpinion,
  recordReply,
  type UnitOpinion,
  unitOpinionsOf,
} from '../../db/queries/unit-opinions.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberOf } from '../plugins/roles.ts'
import { nameOf } from '../rules/names.ts'
import { shanghaiDay } from '../rules/shanghai.ts'
import type { FieldError } from '../rules/typed.ts'
import { emptyLetter, readLetter, type TypedLetter, typedLetter } from '../rules/unit-letter-form.ts'
import { replyNames } from '../rules/unit-opinions.ts'
import { consultationOf } from './consultation.ts'

interface UnitsPage {
  consultation: Consultation
  address: string
  units: (UnitOpinion & { replyName: string; overdue: boolean; address: string })[]
  counts: { name: string; count: number }[]
  replies: [string, string][]
  /** The letter whose reply is being recorded; null for a new one. */
  editing: string | null
  typed: TypedLetter
  errors: FieldError[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/units': UnitsPage
  }
}

/** GET /office/:slug/units, or ?unit= to record a reply: the units asked in writing, counted apart from the public. */
export function unitsPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const asked: unknown = Reflect.get(Object(request.query), 'unit')
    const unit = page.units.find(({ id }) => id === asked)
    return reply.page('office/units', unit ? { ...page, editing: unit.id, typed: typedFrom(unit) } : page)
  }
}

/** POST /office/:slug/units: a letter to a unit. */
export function newUnit(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const typed = typedLetter(request.body)
    const { letter, errors } = readLetter(typed)
    if (!letter) return reply.code(422).page('office/units', { ...page, typed, errors })
    try {
      await addUnitOpinion(deps.db, page.consultation.id, letter, memberOf(request).id, deps.now())
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const twice = [{ field: 'unit', message: `${letter.sentOn} 已经给${letter.unit}发过函` }]
      return reply.code(422).page('office/units', { ...page, typed, errors: twice })
    }
    return reply.redirect(page.address, 303)
  }
}

/** POST /office/:slug/units/:unit: what it replied. */
export function unitReply(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const id: unknown = Reflect.get(Object(request.params), 'unit')
    const unit = page.units.find((one) => one.id === id)
    if (!unit) throw notFound()
    const typed = { ...typedLetter(request.body), unit: unit.unit, sent_on: unit.sentOn }
    const { letter, errors } = readLetter(typed)
    if (!letter) return reply.code(422).page('office/units', { ...page, editing: unit.id, typed, errors })
    await recordReply(deps.db, page.consultation.id, unit.id, letter, [], memberOf(request).id, deps.now())
    return reply.redirect(page.address, 303)
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

async function pageOf({ db, now }: Dependencies, request: FastifyRequest): Promise<UnitsPage> {
  const consultation = consultationOf(request)
  const address = `/office/${consultation.slug}/units`
  const units = await unitOpinionsOf(db, consultation.id)
  const today = shanghaiDay(now())
  return {
    consultation,
    address,
    units: units.map((unit) => ({
      ...unit,
      replyName: nameOf(replyNames, unit.reply),
      overdue: unit.reply === 'no_reply' && unit.dueOn !== null && unit.dueOn < today,
      address: `${address}?unit=${unit.id}`,
    })),
    counts: Object.entries(replyNames).map(([reply, name]) => ({
      name,
      count: units.filter((unit) => unit.reply === reply).length,
    })),
    replies: Object.entries(replyNames),
    editing: null,
    typed: emptyLetter,
    errors: [],
  }
}
