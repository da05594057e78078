import { identityNames, proposalNames, stanceNames, visibilityNames, wholeDraft } from '../names.ts'
import { type FieldError, isUnstorable } from '../typed.ts'
import type { TypedComment, TypedSubmission } from './typed-submission.ts'

export interface FormRules {
  /** The texts of the clauses that comments may stand on, besides `draft`, by their keys. */
  clauses: ReadonlyMap<string, string>
  regions: ReadonlySet<string>
  required: ReadonlySet<string>
}

/** What is said of each thing that can be wrong, in the language of the page (server/locales). */
export interface Sentences {
  names: Record<'body' | 'wording' | 'name' | 'organisation' | 'contact', string>
  missing: (name: string) => string
  unstorable: (name: string) => string
  tooLong: (name: string, most: number, length: number) => string
  bodyTooShort: (least: number) => string
  bodyTooLong: (most: number, length: number) => string
  tooMany: (most: number) => string
  clause: string
  stance: string
  proposal: string
  wording: string
  quote: string
  identity: string
  region: string
  regionMissing: string
  visibility: string
}

export const limits = {
  comments: 60,
  body: { least: 5, most: 5000 },
  wording: 5000,
  name: 50,
  organisation: 100,
  contact: 100,
}

/** A form's bytes at most: every character of every comment written as three percent-encoded bytes, and the rest. */
export const formBytes = limits.comments * (limits.body.most + limits.wording) * 9 + 512 * 1024

const personTexts = ['name', 'organisation', 'contact'] as const
const organisations = ['enterprise', 'association', 'agency']

/** Everything that keeps a typed submission from being sent, in the order of the form. */
export function checkTyped(typed: TypedSubmission, rules: FormRules, says: Sentences): FieldError[] {
  const { comments } = typed
  if (comments.length === 0) return [{ field: 'comments[0][body]', message: says.missing(says.names.body) }]
  if (comments.length > limits.comments) {
    return [{ field: 'comments[0][body]', message: says.tooMany(limits.comments) }]
  }
  const wrong = comments.flatMap((comment, i) => checkComment(comment, `comments[${i}]`, rules.clauses, says))
  return [...wrong, ...checkPerson(typed, rules, says)]
}

/** What is wrong with one comment. @param place what its fields' names begin with: `comments[0]` */
export function checkComment(
  comment: TypedComment,
  place: string,
  clauses: ReadonlyMap<string, string>,
  says: Sentences,
): FieldError[] {
  const errors: FieldError[] = []
  const wrong = (name: keyof TypedComment, message: string) =>
    errors.push({ field: `${place}[${name}]`, message })
  const length = countCharacters(comment.body.trim())

  if (comment.clause !== wholeDraft && !clauses.has(comment.clause)) wrong('clause', says.clause)
  if (!Object.hasOwn(stanceNames, comment.stance)) wrong('stance', says.stance)
  if (isUnstorable(comment.body)) wrong('body', says.unstorable(says.names.body))
  else if (length === 0) wrong('body', says.missing(says.names.body))
  else if (length < limits.body.least) wrong('body', says.bodyTooShort(limits.body.least))
  else if (length > limits.body.most) {
    wrong('body', says.bodyTooLong(limits.body.most, length))
  }
  if (comment.proposal && !Object.hasOwn(proposalNames, comment.proposal)) wrong('proposal', says.proposal)
  else if (['amend', 'insert_after'].includes(comment.proposal) && !comment.wording.trim()) {
    wrong('wording', says.wording)
  }
  const problem = checkText(comment.wording, says.names.wording, limits.wording, says)
  if (problem) wrong('wording', problem)
  const quote = comment.quote.trim()
  if (quote && !clauses.get(comment.clause)?.includes(quote)) {
    wrong('quote', says.quote)
  }
  return errors
}

function checkPerson(
  typed: TypedSubmission,
  { regions, required }: FormRules,
  says: Sentences,
): FieldError[] {
  const errors: FieldError[] = []
  const wrong = (field: keyof TypedSubmission, message: string) => errors.push({ field, message })

  if (!Object.hasOwn(identityNames, typed.identity)) wrong('identity', says.identity)
  for (const field of personTexts) {
    const value = typed[field]
    const must = required.has(field) || (field === 'organisation' && organisations.includes(typed.identity))
    const problem =
      must && !value
        ? says.missing(says.names[field])
        : checkText(value, says.names[field], limits[field], says)
    if (problem) wrong(field, problem)
  }
  if (typed.region && !regions.has(typed.region)) wrong('region', says.region)
  else if (required.has('region') && !typed.region) wrong('region', says.regionMissing)
  if (!Object.hasOwn(visibilityNames, typed.visibility)) wrong('visibility', says.visibility)
  return errors
}

/** What keeps a text from being taken; null where nothing does. */
export function checkText(text: string, name: string, most: number, says: Sentences): string | null {
  if (isUnstorable(text)) return says.unstorable(name)
  const length = countCharacters(text)
  return length > most ? says.tooLong(name, most, length) : null
}

function countCharacters(text: string): number {
  return [...text].length
}
