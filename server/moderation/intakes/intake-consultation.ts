import type { FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { consultationsOfStaff } from '../../../db/queries/consultations/consultations-of-staff.ts'
import type { RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import { currentRound } from '../../../db/queries/drafts/rounds.ts'
import type { NewSubmission } from '../../../db/queries/submissions/submissions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { zh } from '../../locales/zh.ts'
import { forbidden } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { placeNames } from '../../rules/consultations/regions.ts'
import type { Submission, SubmissionRules } from '../../rules/submissions/submission-form.ts'
import { typedText } from '../../rules/typed.ts'
import { quoteIn } from '../../text/words/quotes.ts'

/** The consultation that the address names, else the newest in which the member of staff works; and all of those. */
export async function consultationAsked({ db }: Dependencies, request: FastifyRequest) {
  const mine = await consultationsOfStaff(db, memberOf(request).id, ['moderator', 'auditor'])
  const slug = typedText(request.query, 'consultation')
  const consultation = mine.find((one) => one.slug === slug) ?? mine[0]
  const round = consultation && (await currentRound(db, consultation.id))
  if (!consultation || !round) throw forbidden()
  return { consultation, round, mine }
}

export type Asked = Awaited<ReturnType<typeof consultationAsked>>

/** The consultations for which the member of staff may enter something. */
export function consultationChoices({
  consultation: chosen,
  mine,
}: Asked): { slug: string; title: string; current: boolean }[] {
  return mine.map(({ slug, title }) => ({ slug, title, current: slug === chosen.slug }))
}

/** What a submission that staff enter is read by: staff need not know what citizens have to fill in. */
export function rulesOf(
  { regions }: Consultation,
  { units }: { units: { key: string | null; text: string }[] },
): SubmissionRules {
  return {
    clauses: new Map(units.flatMap(({ key, text }) => (key ? [[key, text]] : []))),
    regions: new Set(placeNames(regions)),
    required: new Set(),
    says: zh.wrong,
  }
}

/** What is stored of what was typed or listed. */
export function submissionOf(
  { id }: Consultation,
  { number, units }: Pick<RoundWithUnits, 'number' | 'units'>,
  { comments, ...person }: Submission,
  channel: string,
): NewSubmission {
  return {
    consultationId: id,
    round: number,
    channel,
    ...person,
    comments: comments.map(({ wording, quote, ...comment }) => ({
      ...comment,
      wording: comment.proposal === 'delete' ? null : wording,
      quote: quoteIn(units.find(({ key }) => key === comment.clause)?.text ?? '', quote),
    })),
    attachments: [],
  }
}
