import type { FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { consultationsOfStaff } from '../../../db/queries/consultations/consultations-of-staff.ts'
import type { RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import { currentRound } from '../../../db/queries/drafts/rounds.ts'
import type { NewSubmission } from '../../../db/queries/submissions/submissions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { forbidden } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import type { TypedIntake } from '../../rules/intakes/intake-form.ts'
import type { FormRules } from '../../rules/submissions/submission-checks.ts'
import type { TypedSubmission } from '../../rules/submissions/typed-submission.ts'
import { typedText } from '../../rules/typed.ts'
import { quoteIn } from '../../text/words/quotes.ts'

/** The consultation that the address names, else the newest in which the member of staff works. */
export async function consultationAsked({ db }: Dependencies, request: FastifyRequest) {
  const mine = await consultationsOfStaff(db, memberOf(request).id, ['moderator', 'auditor'])
  const slug = typedText(request.query, 'consultation')
  const consultation = mine.find((one) => one.slug === slug) ?? mine[0]
  const round = consultation && (await currentRound(db, consultation.id))
  if (!consultation || !round) throw forbidden()
  return { consultation, round }
}

/** The consultations for which the member of staff may enter something. */
export async function consultationChoices(
  { db }: Dependencies,
  request: FastifyRequest,
  chosen: Consultation,
): Promise<{ slug: string; title: string; current: boolean }[]> {
  const mine = await consultationsOfStaff(db, memberOf(request).id, ['moderator', 'auditor'])
  return mine.map(({ slug, title }) => ({ slug, title, current: slug === chosen.slug }))
}

/** What a submission that staff enter is checked against: staff need not know what citizens have to fill in. */
export function rulesOf(
  consultation: Consultation,
  { units }: { units: { key: string | null; text: string }[] },
): FormRules {
  return {
    clauses: new Map(units.flatMap(({ key, text }) => (key ? [[key, text]] : []))),
    regions: new Set(regionsOf(consultation)),
    required: new Set(),
  }
}

/** The places that may be named, cities and their counties. */
export function regionsOf({ regions }: Consultation): string[] {
  return regions.flatMap(({ name, counties }) => [name, ...counties.map((county) => name + county)])
}

/** What is stored of what was typed or listed. */
export function submissionOf(
  { id }: Consultation,
  { number, units }: Pick<RoundWithUnits, 'number' | 'units'>,
  { comments, show_name, ...person }: TypedSubmission,
  { channel }: TypedIntake,
): NewSubmission {
  const orNone = (text: string) => text || null
  return {
    consultationId: id,
    round: number,
    channel,
    identity: person.identity,
    name: orNone(person.name),
    showName: show_name,
    organisation: orNone(person.organisation),
    region: orNone(person.region),
    contact: orNone(person.contact),
    visibility: person.visibility,
    comments: comments.map(({ clause, stance, body, proposal, wording, quote }) => ({
      clause,
      stance,
      body: body.trim(),
      proposal: orNone(proposal),
      wording: proposal === 'delete' ? null : orNone(wording.trim()),
      quote: quoteIn(units.find(({ key }) => key === clause)?.text ?? '', quote),
    })),
    attachments: [],
  }
}
