import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { correct, correctionsOf } from '../../../db/queries/consultations/corrections.ts'
import { currentRound, type RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { oneOf, text } from '../../rules/fields.ts'
import { form, type TypedIn } from '../../rules/form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { printUnit } from '../../text/outlining/print.ts'
import { nameClauses } from '../../text/words/clause-names.ts'
import { notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'

/** What an error can stand in: the title, a heading or a clause. */
interface Place {
  name: string
  text: string
}

const correctionForm = (places: ReadonlyMap<string, Place>) =>
  form(
    {
      place: oneOf(places, '请选择哪里有错误'),
      before: text({ name: '原来的文字', most: 5000 }),
      after: text({ name: '更正后的文字', most: 5000 }),
      reason: text({ name: '更正的原因', most: 500 }),
    },
    ({ place, before, after }) => {
      const isThere = places.get(place)?.text.includes(before) ?? true
      return [
        ['before', isThere ? null : '这里没有这段文字，请照公布的原文抄写'],
        ['after', after === before ? '更正后的文字与原来的一样' : null],
      ]
    },
  )

interface CorrectionsPage {
  consultation: Consultation
  places: [place: string, name: string][]
  corrections: { day: string; round: number; name: string; before: string; after: string; reason: string }[]
  typed: TypedIn<ReturnType<typeof correctionForm>>
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/corrections': CorrectionsPage
  }
}

/** /office/:slug/corrections: an approver makes an error in the published round known; the round stays as it is. */
export function corrections(app: FastifyInstance, deps: Dependencies): void {
  app.get('/corrections', async (request, reply) => {
    const places = placesOf(await publishedRound(deps, request.consultation))
    return show(deps, request, reply, places, correctionForm(places).blank, [])
  })

  app.post('/corrections', async (request, reply) => {
    const { consultation } = request
    const act = actBy(request, deps, 'approver')
    const round = await publishedRound(deps, consultation)
    const places = placesOf(round)
    const { typed, values, errors } = correctionForm(places).sent(request.body)
    if (!values) return show(deps, request, reply, places, typed, errors)
    const name = places.get(values.place)?.name ?? ''
    await correct(deps.db, consultation, round, { ...values, name }, act)
    return reply.redirect(`/office/${consultation.slug}/corrections`, 303)
  })
}

async function publishedRound({ db }: Dependencies, { id }: Consultation): Promise<RoundWithUnits> {
  const round = await currentRound(db, id)
  if (!round) throw notNow('还没有公布，直接修改就可以，不用更正。')
  return round
}

function placesOf({ title, units }: RoundWithUnits): Map<string, Place> {
  const names = nameClauses(units)
  return new Map([
    ['title', { name: '题目', text: title }],
    ...units.map(({ key, position, label, text }): [string, Place] => {
      const printed = printUnit({ label, text })
      return key === null
        ? [`h${position}`, { name: printed, text: printed }]
        : [key, { name: names.get(key)?.name ?? key, text }]
    }),
  ])
}

async function show(
  { db }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  places: ReadonlyMap<string, Place>,
  typed: CorrectionsPage['typed'],
  errors: FieldError[],
): Promise<FastifyReply> {
  const { consultation } = request
  const corrections = await correctionsOf(db, consultation.id)
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/corrections', {
    consultation,
    places: [...places].map(([place, { name }]) => [place, name]),
    corrections: corrections.map(({ createdAt, place, ...correction }) => ({
      ...correction,
      day: shanghaiDay(createdAt),
    })),
    typed,
    errors,
  })
}
