import { choice, type Field, oneOf, optional, presumed, text, tick } from '../fields.ts'
import { form, type Read, type TypedIn, type ValuesIn, within } from '../form.ts'
import { identityNames, visibilityNames, wholeDraft } from '../names.ts'
import { type FieldError, typedText } from '../typed.ts'
import {
  type Comment,
  type CommentRules,
  type CommentSentences,
  commentForm,
  longestBody,
  longestWording,
  type TypedComment,
} from './comment-form.ts'

export const mostComments = 60
/** So many at most are written in one form, which is then sent in two submissions. */
export const mostWritten = 2 * mostComments
/** So many parts of a form are shown again although nothing stands in them. */
const mostParts = 500
const longest = { name: 50, organisation: 100, contact: 100 }

/** A form's bytes at most: every character of every comment written as three percent-encoded bytes, and the rest. */
export const formBytes = mostComments * (longestBody + longestWording) * 9 + 512 * 1024

/** What is said of each thing that can be wrong, in the language of the page (server/locales). */
export interface SubmissionSentences extends CommentSentences {
  names: CommentSentences['names'] & Record<keyof typeof longest, string>
  tooMany(most: number): string
  identity: string
  region: string
  regionMissing: string
  visibility: string
}

/** What a submission is read by. */
export interface SubmissionRules extends CommentRules {
  regions: ReadonlySet<string>
  /** What the person has to say of themselves. */
  required: ReadonlySet<string>
  says: SubmissionSentences
}

/** Several comments, and who makes them. */
export function submissionForm(rules: SubmissionRules): SubmissionForm {
  const form = made.get(rules) ?? madeForm(rules)
  made.set(rules, form)
  return form
}

/** Rules stand as long as their text: hundreds of submissions in a second are read by one form. */
const made = new WeakMap<SubmissionRules, SubmissionForm>()
type SubmissionForm = ReturnType<typeof madeForm>

function madeForm(rules: SubmissionRules) {
  const comment = commentForm(rules)
  const person = personForm(rules)
  /** What is kept of it, or what has to be put right. */
  const read = ({ comments, ...about }: TypedSubmission): Read<Submission> => {
    const meant = meantIn(comments)
    const problem = countProblem(meant.length, rules.says)
    if (problem) return { values: null, errors: [{ field: 'comments[0][body]', message: problem }] }
    const parts = meant.map(([place, typed]) => ({ place, ...comment.read(typed) }))
    const { values, ...of } = person.read(about)
    const errors = [
      ...parts.flatMap(({ place, errors: wrong }) => within(`comments[${place}]`, wrong)),
      ...of.errors,
    ]
    if (errors.length > 0 || !values) return { values: null, errors }
    const showName = values.showName && values.name !== null
    return {
      values: { ...values, showName, comments: parts.flatMap((part) => part.values ?? []) },
      errors: [],
    }
  }
  return {
    blank: { ...person.blank, comments: [] },
    /**
     * What was typed, whatever came. Wholly empty parts are dropped; where all are, the first stays, since a form that
     * comes back needs a place to write in.
     */
    typed(body: unknown): TypedSubmission {
      const read = listOf(Object(body).comments).map(comment.typed)
      const filled = read.filter(isFilled)
      return { comments: filled.length > 0 ? filled : read.slice(0, 1), ...person.typed(body) }
    },
    /** The same with the parts in which nothing stands yet: who asked for one finds it again. */
    whole(body: unknown): TypedSubmission {
      const read = listOf(Object(body).comments).map(comment.typed)
      const isThere = ({ clause }: TypedComment) => clause === wholeDraft || rules.clauses.has(clause)
      const kept = read.filter((one, place) => isFilled(one) || (place < mostParts && isThere(one)))
      return { comments: kept.length > 0 ? kept : read.slice(0, 1), ...person.typed(body) }
    },
    errors: (typed: TypedSubmission): FieldError[] => read(typed).errors,
    read,
  }
}
type Person = ReturnType<typeof personForm>
export type TypedSubmission = TypedIn<Person> & { comments: TypedComment[] }
export type Submission = ValuesIn<Person> & { comments: Comment[] }

function countProblem(count: number, { missing, names, tooMany }: SubmissionSentences): string | null {
  if (count === 0) return missing(names.body)
  return count > mostComments ? tooMany(mostComments) : null
}

/** The comments of a form in which something stands, with their places; where it is none, the first is the one that lacks. */
export function meantIn(comments: readonly TypedComment[]): [place: number, typed: TypedComment][] {
  const all = comments.map((typed, place): [number, TypedComment] => [place, typed])
  const filled = all.filter(([, typed]) => isFilled(typed))
  return filled.length > 0 ? filled : all.slice(0, 1)
}

/** A folded part that nobody opened carries its clause alone. */
function isFilled({ stance, body, proposal, wording }: TypedComment): boolean {
  return [stance, body, proposal, wording].some((value) => value !== '')
}

function listOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

const organisations = ['enterprise', 'association', 'agency']

function personForm({ regions, required, says }: SubmissionRules) {
  const asked = (field: keyof typeof longest): Field<string, string | null> => {
    const one = text({ name: says.names[field], most: longest[field] })
    return required.has(field) ? one : optional(one)
  }
  return form(
    {
      identity: presumed(choice(identityNames, says.identity, 'individual')),
      name: asked('name'),
      show_name: { ...tick(), typed: isShown },
      organisation: asked('organisation'),
      contact: asked('contact'),
      region: optional(oneOf(regions, says.region)),
      visibility: presumed(choice(visibilityNames, says.visibility, 'public')),
    },
    ({ identity, organisation, region }) => {
      const isNamed = !organisations.includes(identity) || organisation !== ''
      const isPlaced = !required.has('region') || region !== ''
      return [
        ['organisation', isNamed ? null : says.missing(says.names.organisation)],
        ['region', isPlaced ? null : says.regionMissing],
      ]
    },
    says,
  )
}

/** A program says so by true, a form by one of these. */
function isShown(form: unknown, name: string): boolean {
  return Object(form)[name] === true || ['on', '1', 'true'].includes(typedText(form, name))
}

/** The fields of a form that is read as this submission; what is empty is left out. */
export function fieldsOf({
  comments,
  show_name,
  ...person
}: TypedSubmission): [name: string, value: string][] {
  const named = (part: TypedComment, place: number) =>
    Object.entries(part).map(([name, value]): [string, string] => [`comments[${place}][${name}]`, value])
  const fields = [
    ...comments.flatMap(named),
    ...Object.entries(person),
    ['show_name', show_name ? '1' : ''] as [string, string],
  ]
  return fields.filter(([, value]) => value !== '')
}
