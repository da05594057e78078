import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { NewAttachment } from '../../../db/queries/submissions/attachments.ts'
import type { NewSubmission } from '../../../db/queries/submissions/submissions.ts'
import type { Asking, PersonField } from '../../../db/schema/index.ts'
import { isOffered } from '../../rules/consultations/offers.ts'
import type { MayAttach } from '../../rules/submissions/attachments.ts'
import type { FormRules } from '../../rules/submissions/submission-checks.ts'
import type { TypedSubmission } from '../../rules/submissions/typed-submission.ts'
import { clauseTexts, type Scope } from '../scope.ts'
import { storedComment } from './stored-comment.ts'

/** What a submission to this consultation is checked against. */
export function rulesOf(scope: Scope): FormRules {
  const { regions, personFields } = scope.consultation
  return {
    clauses: clauseTexts(scope),
    regions: new Set(
      regions.flatMap(({ name, counties }) => [name, ...counties.map((county) => `${name}${county}`)]),
    ),
    required: new Set(
      Object.entries(personFields ?? {}).flatMap(([field, asking]) => (asking === 'required' ? [field] : [])),
    ),
  }
}

const everythingOptional: Record<PersonField, Asking> = {
  name: 'optional',
  identity: 'optional',
  organisation: 'optional',
  region: 'optional',
  contact: 'optional',
}

/** What the consultation asks about the person. */
export function asksOf({ personFields }: Pick<Consultation, 'personFields'>): Record<PersonField, Asking> {
  return personFields ?? everythingOptional
}

/** Whether a submission may come with files: the consultation takes them, from organisations. */
export function mayAttach({ consultation }: Scope, { identity }: TypedSubmission): MayAttach {
  return { identity, isOffered: isOffered(consultation, 'attachments') }
}

/** A checked submission as it is stored, with its files. */
export function submissionOf(
  scope: Scope,
  typed: TypedSubmission,
  attachments: NewAttachment[],
): NewSubmission {
  return {
    consultationId: scope.consultation.id,
    round: scope.round.number,
    channel: 'web',
    identity: typed.identity,
    name: typed.name || null,
    showName: typed.show_name && typed.name !== '',
    organisation: typed.organisation || null,
    region: typed.region || null,
    contact: typed.contact || null,
    visibility: typed.visibility,
    comments: typed.comments.map((comment) => storedComment(comment, scope)),
    attachments,
  }
}
