import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { NewAttachment } from '../../../db/queries/submissions/attachments.ts'
import type { NewSubmission } from '../../../db/queries/submissions/submissions.ts'
import { isOffered } from '../../rules/consultations/offers.ts'
import type { PersonFields } from '../../rules/consultations/participation-form.ts'
import { placeNames } from '../../rules/consultations/regions.ts'
import type { MayAttach } from '../../rules/submissions/attachments.ts'
import type {
  Submission,
  SubmissionRules,
  SubmissionSentences,
  TypedSubmission,
} from '../../rules/submissions/submission-form.ts'
import { clauseTexts, type Scope } from '../scope.ts'
import { storedComment } from './stored-comment.ts'

/** What a submission to this consultation is read by. @param says in the language of the page */
export function rulesOf(scope: Scope, says: SubmissionSentences): SubmissionRules {
  const { regions, personFields } = scope.consultation
  return {
    clauses: clauseTexts(scope),
    regions: new Set(placeNames(regions)),
    required: new Set(
      Object.entries(personFields ?? {}).flatMap(([field, asking]) => (asking === 'required' ? [field] : [])),
    ),
    says,
  }
}

const everythingOptional: PersonFields = {
  name: 'optional',
  identity: 'optional',
  organisation: 'optional',
  region: 'optional',
  contact: 'optional',
}

/** What the consultation asks about the person. */
export function asksOf({ personFields }: Pick<Consultation, 'personFields'>): PersonFields {
  return personFields ?? everythingOptional
}

/** Whether a submission may come with files: the consultation takes them, from organisations. */
export function mayAttach({ consultation }: Scope, { identity }: TypedSubmission): MayAttach {
  return { identity, isOffered: isOffered(consultation, 'attachments') }
}

/** A submission as it is stored, with its files. */
export function submissionOf(
  scope: Scope,
  { comments, ...person }: Submission,
  attachments: NewAttachment[],
): NewSubmission {
  return {
    consultationId: scope.consultation.id,
    round: scope.round.number,
    channel: 'web',
    ...person,
    comments: comments.map((comment) => storedComment(comment, scope)),
    attachments,
  }
}
