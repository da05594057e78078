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
  mostWritten,
  type Submission,
  type SubmissionRules,
  type SubmissionSentences,
  submissionForm,
  type TypedSubmission,
} from '../../rules/submissions/submission-form.ts'
import type { FieldError } from '../../rules/typed.ts'
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
  const written = submissionForm(rules).whole(body)
  const meant = meantIn(written.comments)
  // Where it goes in two, its empty parts are left out, so that each comment has its place in one of them.
  const typed = meant.length > mostComments ? { ...written, comments: meant.map(([, one]) => one) } : written
  if (meantIn(typed.comments).length > mostWritten) throw tooManyComments()
  return typed
}

/** All that keeps what was typed from being taken, in two submissions where it is more than one holds. */
export function errorsIn(typed: TypedSubmission, rules: SubmissionRules): FieldError[] {
  const { errors } = submissionForm(rules)
  const { first, rest } = inTwo(typed)
  if (!rest) return errors(first)
  const behind = errors(rest).flatMap(({ field, message }) => {
    const [, place, name] = /^comments\[(\d+)\](.*)$/.exec(field) ?? []
    return place ? [{ field: `comments[${Number(place) + mostComments}]${name}`, message }] : []
  })
  return [...errors(first), ...behind]
}

/** What goes in the first submission, and what is left for a second: one receipt holds so many comments at most. */
export function inTwo(typed: TypedSubmission): { first: TypedSubmission; rest: TypedSubmission | null } {
  const meant = meantIn(typed.comments).map(([, one]) => one)
  if (meant.length <= mostComments) return { first: typed, rest: null }
  const part = (comments: typeof meant) => ({ ...typed, comments })
  return { first: part(meant.slice(0, mostComments)), rest: part(meant.slice(mostComments)) }
}

const tooManyComments = () =>
  new PageError(
    422,
    'too_many_comments',
    `一份表单最多写 ${mostWritten} 条意见，请分次提交`,
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
