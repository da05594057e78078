import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  addUnitOpinion,
  type UnitOpinion,
  unitOpinionsOf,
} from '../../../db/queries/answers/unit-opinions.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { actOf } from '../../plugins/roles.ts'
import { letterForm, replyNames, type TypedLetter } from '../../rules/answers/unit-letter-form.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import type { FieldError } from '../../rules/typed.ts'
import { unlessTaken } from '../conflicts.ts'
import { mayWrite } from '../consultation.ts'

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

/** /office/:slug/units: the units asked in writing, counted apart from the public; a letter to one more. */
export function units(app: FastifyInstance, deps: Dependencies): void {
  app.get('/units', async (request, reply) =>
    reply.page('office/answers/units', await unitsPage(deps, request)),
  )

  app.post('/units', async (request, reply) => {
    const { consultation } = request
    const { typed, values, errors } = letterForm.sent(request.body)
    const problems = values
      ? await unlessTaken(addUnitOpinion(deps.db, consultation.id, values, actOf(request, deps)), {
          field: 'unit',
          message: `${values.sentOn} 已经给${values.unit}发过函`,
        })
      : errors
    if (problems.length === 0) return reply.redirect(addressOf(consultation), 303)
    const page = await unitsPage(deps, request)
    return reply.code(422).page('office/answers/units', { ...page, typed, errors: problems })
  })
}

function addressOf({ slug }: Consultation): string {
  return `/office/${slug}/units`
}

async function unitsPage({ db, now }: Dependencies, request: FastifyRequest): Promise<UnitsPage> {
  const { consultation } = request
  const address = addressOf(consultation)
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
    typed: letterForm.blank,
    errors: [],
  }
}

/** Whether a unit has not replied by the day that its letter named. @param today YYYY-MM-DD in Shanghai */
export function isOverdue({ reply, dueOn }: Pick<UnitOpinion, 'reply' | 'dueOn'>, today: string): boolean {
  return reply === 'no_reply' && dueOn !== null && dueOn < today
}
