import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { NewAttachment } from '../../../db/queries/submissions/attachments.ts'
import type { NewSubmission } from '../../../db/queries/submissions/submissions.ts'
import { PageError } from '../../plugins/page-error.ts'
import { isOffered } from '../../rules/consultations/offers.ts'
import type { PersonFields } from '../../rules/consultations/participation-form.ts'
import { placeNames } from '../../rules/consultations/regions.ts'
import type { MayAttach } from '../../rules/submissions/attachments.ts'
import {
  meantIn,
  mostComments,
  type Submission,
  type SubmissionRules,
  type SubmissionSentences,
  submissionForm,
  type TypedSubmission,
} from '../../rules/submissions/submission-form.ts'
import { clauseTexts, type Scope } from '../scope.ts'
import { storedComment } from './stored-comment.ts'

const madeRules = new WeakMap<Scope['round'], Map<SubmissionSentences, SubmissionRules>>()

/** What a submission to this consultation is read by, made once for its text. @param says in the language of the page */
export function rulesOf(scope: Scope, says: SubmissionSentences): SubmissionRules {
  const made = madeRules.get(scope.round) ?? new Map()
  madeRules.set(scope.round, made)
  const rules = made.get(says) ?? rulesFor(scope, says)
  made.set(says, rules)
  return rules
}

function rulesFor(scope: Scope, says: SubmissionSentences): SubmissionRules {
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

/** What was typed into the form. @throws PageError where it has too many comments: their words come back without the form */
export function typedIn(body: unknown, rules: SubmissionRules): TypedSubmission {
  const typed = submissionForm(rules).whole(body)
  if (meantIn(typed.comments).length > mostComments) throw tooManyComments()
  return typed
}

const tooManyComments = () =>
  new PageError(
    422,
    'too_many_comments',
    `一次最多提交 ${mostComments} 条意见，请分次提交`,
    '请返回上一页，您填写的内容还在那里；删去一部分，分几次提交。',
  )

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
