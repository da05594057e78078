import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import {
  addUnitOpinion,
  type UnitOpinion,
  unitOpinionsOf,
} from '../../../db/queries/answers/unit-opinions.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberOf } from '../../plugins/roles.ts'
import {
  emptyLetter,
  readLetter,
  replyNames,
  type TypedLetter,
  typedLetter,
} from '../../rules/answers/unit-letter-form.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import type { FieldError } from '../../rules/typed.ts'
import { consultationOf, mayWrite } from '../consultation.ts'

interface ListedUnit extends UnitOpinion {
  replyName: string
  overdue: boolean
  address: string
  /** What it said clause by clause: how much, and how much of it is answered. */
  items: { count: number; answered: number }
}

interface UnitsPage {
  consultation: Consultation
  address: string
  units: ListedUnit[]
  counts: { name: string; count: number }[]
  unresolved: number
  replies: [string, string][]
  mayWrite: boolean
  typed: TypedLetter
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/units': UnitsPage
  }
}

/** GET /office/:slug/units: the units asked in writing, counted apart from the public. */
export function unitsPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/answers/units', await pageOf(deps, request))
}

/** POST /office/:slug/units: a letter to a unit. */
export function newUnit(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const typed = typedLetter(request.body)
    const { letter, errors } = readLetter(typed)
    if (!letter) return reply.code(422).page('office/answers/units', { ...page, typed, errors })
    try {
      await addUnitOpinion(deps.db, page.consultation.id, letter, memberOf(request).id, deps.now())
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const twice = [{ field: 'unit', message: `${letter.sentOn} 已经给${letter.unit}发过函` }]
      return reply.code(422).page('office/answers/units', { ...page, typed, errors: twice })
    }
    return reply.redirect(page.address, 303)
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
    units: units.map(({ items, ...unit }) => ({
      ...unit,
      replyName: nameOf(replyNames, unit.reply),
      overdue: isOverdue(unit, today),
      address: `${address}/${unit.id}`,
      items: { count: items.length, answered: items.filter(({ outcome }) => outcome !== null).length },
    })),
    counts: Object.entries(replyNames).map(([reply, name]) => ({
      name,
      count: units.filter((unit) => unit.reply === reply).length,
    })),
    unresolved: units.filter(({ unresolved }) => unresolved).length,
    replies: Object.entries(replyNames),
    mayWrite: mayWrite(request),
    typed: emptyLetter,
    errors: [],
  }
}

/** Whether a unit has not replied by the day that its letter named. @param today YYYY-MM-DD in Shanghai */
export function isOverdue({ reply, dueOn }: Pick<UnitOpinion, 'reply' | 'dueOn'>, today: string): boolean {
  return reply === 'no_reply' && dueOn !== null && dueOn < today
}
