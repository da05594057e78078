import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { correct, correctionsOf } from '../../../db/queries/consultations/corrections.ts'
import { currentRound, type RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { type FieldError, textProblem, typedText } from '../../rules/typed.ts'
import { printUnit } from '../../text/outlining/print.ts'
import { nameClauses } from '../../text/words/clause-names.ts'
import { notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'

interface TypedCorrection {
  place: string
  before: string
  after: string
  reason: string
}

/** What an error can stand in: the title, a heading or a clause. */
interface Place {
  place: string
  name: string
  text: string
}

interface CorrectionsPage {
  consultation: Consultation
  places: Place[]
  corrections: { day: string; round: number; name: string; before: string; after: string; reason: string }[]
  typed: TypedCorrection
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
    const round = await publishedRound(deps, request.consultation)
    return show(deps, request, reply, round, { place: '', before: '', after: '', reason: '' }, [])
  })

  app.post('/corrections', async (request, reply) => {
    const { consultation } = request
    const act = actBy(request, deps, 'approver')
    const round = await publishedRound(deps, consultation)
    const typed = readForm(request.body)
    const place = placesOf(round).find(({ place }) => place === typed.place)
    const errors = check(typed, place?.text)
    if (!place || errors.length > 0) return show(deps, request, reply, round, typed, errors)
    await correct(deps.db, consultation, round, { ...typed, name: place.name }, act)
    return reply.redirect(`/office/${consultation.slug}/corrections`, 303)
  })
}

async function publishedRound({ db }: Dependencies, { id }: Consultation): Promise<RoundWithUnits> {
  const round = await currentRound(db, id)
  if (!round) throw notNow('还没有公布，直接修改就可以，不用更正。')
  return round
}

function readForm(form: unknown): TypedCorrection {
  return {
    place: typedText(form, 'place'),
    before: typedText(form, 'before'),
    after: typedText(form, 'after'),
    reason: typedText(form, 'reason'),
  }
}

function check({ before, after, reason }: TypedCorrection, text: string | undefined): FieldError[] {
  const problems: [string, string | null][] = [
    ['place', text === undefined ? '请选择哪里有错误' : null],
    [
      'before',
      textProblem(before, { name: '原来的文字', required: true, most: 5000 }) ??
        (text?.includes(before) === false ? '这里没有这段文字，请照公布的原文抄写' : null),
    ],
    [
      'after',
      textProblem(after, { name: '更正后的文字', required: true, most: 5000 }) ??
        (after === before ? '更正后的文字与原来的一样' : null),
    ],
    ['reason', textProblem(reason, { name: '更正的原因', required: true, most: 500 })],
  ]
  return problems.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]))
}

function placesOf({ title, units }: RoundWithUnits): Place[] {
  const names = nameClauses(units)
  return [
    { place: 'title', name: '题目', text: title },
    ...units.map(({ key, position, label, text }) => {
      const printed = printUnit({ label, text })
      return key === null
        ? { place: `h${position}`, name: printed, text: printed }
        : { place: key, name: names.get(key)?.name ?? key, text }
    }),
  ]
}

async function show(
  { db }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  round: RoundWithUnits,
  typed: TypedCorrection,
  errors: FieldError[],
): Promise<FastifyReply> {
  const { consultation } = request
  const corrections = await correctionsOf(db, consultation.id)
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/corrections', {
    consultation,
    places: placesOf(round),
    corrections: corrections.map(({ createdAt, place, ...correction }) => ({
      ...correction,
      day: shanghaiDay(createdAt),
    })),
    typed,
    errors,
  })
}
