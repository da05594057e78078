import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { findRound } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type FilledForm, readFilledForm } from '../../documents/feedback-form/filled-form.ts'
import { readFormContent } from '../../documents/feedback-form/form-content.ts'
import type { FormNote } from '../../documents/feedback-form/form-note.ts'
import type { FormUnit } from '../../documents/feedback-form/form-units.ts'
import { commentsOfMarks } from '../../documents/marked-draft/marked-comments.ts'
import { type MarkedDraft, readMarkedDraft } from '../../documents/marked-draft/marked-draft.ts'
import { UnreadableDocument } from '../../documents/reading/unreadable-document.ts'
import { zh } from '../../locales/zh.ts'
import { Upload } from '../../plugins/uploads.ts'
import { consultationState } from '../../rules/consultations/consultation-states.ts'
import { placeNames } from '../../rules/consultations/regions.ts'
import { submissionForm, type TypedSubmission } from '../../rules/submissions/submission-form.ts'
import { withoutBlanks } from '../../text/outlining/blanks.ts'
import { nameClauses } from '../../text/words/clause-names.ts'
import { clausesOf, type Scope } from '../scope.ts'
import { asksOf, rulesOf } from './submission-rules.ts'

export const largestForm = 10 * 1024 * 1024

/** What a page says of a form that was read from a file. */
export interface FromFile {
  /** The number of the earlier round that it was made for; null for the one that is out now. */
  earlier: number | null
  current: number
  count: number
  notes: FormNote[]
  /** A form that was filled in, or a copy of the draft with 修订 and 批注. */
  kind: 'form' | 'marks'
}

/** Why a file gives no comments; `other` is the consultation that it belongs to, `notes` what it holds instead. */
export interface FormProblem {
  problem: 'none' | 'tooLarge' | 'oldWord' | 'notForm' | 'damaged' | 'otherForm' | 'empty'
  other: { slug: string; title: string } | null
  notes: FormNote[]
}

type SentForm = FormProblem | { typed: TypedSubmission; fromFile: FromFile }

/** Reads the 意见反馈表 that a form brings as `file`. Nothing of it is stored. */
export async function readSentForm(deps: Dependencies, scope: Scope, body: unknown): Promise<SentForm> {
  const file: unknown = Reflect.get(Object(body), 'file')
  if (!(file instanceof Upload)) return because('none')
  if (!file.content) return because('tooLarge')
  if (file.content.toString('hex', 0, 4) === 'd0cf11e0') return because('oldWord')
  try {
    const form = await readFilledForm(file.content)
    if (form) return await contentFor(deps, scope, form)
    const marked = await readMarkedDraft(file.content)
    return marked ? contentOfMarks(scope, marked) : because('notForm')
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error
    return because('damaged')
  }
}

async function contentFor(deps: Dependencies, scope: Scope, form: FilledForm): Promise<SentForm> {
  const { consultation, round } = scope
  const { number } = form
  if (number && number.slug !== consultation.slug) {
    return { problem: 'otherForm', other: await seenAs(deps, number.slug), notes: [] }
  }
  const earlier = await earlierRound(deps, scope, number?.round ?? round.number)
  const made = earlier ?? round
  const isTitle = (text: string) =>
    [made.title, consultation.title].some((title) => withoutBlanks(text) === withoutBlanks(title))
  const { typed, notes } = readFormContent(
    { ...form, outside: form.outside.filter((text) => !isTitle(text)) },
    unitsOf(made),
    new Set(clausesOf(scope).map(({ key }) => key)),
    { asks: asksOf(consultation), regions: new Set(placeNames(consultation.regions)) },
  )
  if (typed.comments.length === 0) return { problem: 'empty', other: null, notes }
  const fromFile = {
    earlier: earlier?.number ?? null,
    current: round.number,
    count: typed.comments.length,
    notes,
    kind: 'form' as const,
  }
  return { typed, fromFile }
}

/** What somebody has marked in a copy of the draft, as it would have been typed. */
function contentOfMarks(scope: Scope, marked: MarkedDraft): SentForm {
  const { round } = scope
  const units = unitsOf(round)
  const { comments, notes } = commentsOfMarks(marked, units, new Set(units.map(({ key }) => key)))
  if (comments.length === 0) return { problem: 'empty', other: null, notes }
  const { blank } = submissionForm(rulesOf(scope, zh.wrong))
  const fromFile = {
    earlier: null,
    current: round.number,
    count: comments.length,
    notes,
    kind: 'marks' as const,
  }
  return { typed: { ...blank, comments }, fromFile }
}

/** A published round before the one that is out; anything else on a form counts as that one. */
async function earlierRound({ db }: Dependencies, { consultation, round }: Scope, number: number) {
  if (number >= round.number) return null
  const found = await findRound(db, consultation.id, number)
  return found?.publishedAt ? found : null
}

function unitsOf({ units }: Scope['round']): FormUnit[] {
  const names = nameClauses(units)
  return units.flatMap((unit) =>
    unit.key === null ? [] : [{ ...unit, key: unit.key, name: names.get(unit.key)?.name ?? unit.citation }],
  )
}

/** The other consultation, if the public may see it. */
async function seenAs({ db, now }: Dependencies, slug: string): Promise<FormProblem['other']> {
  const consultation = await findConsultation(db, slug)
  if (!consultation || consultationState(consultation, now()) === 'draft') return null
  return { slug, title: consultation.title }
}

function because(problem: FormProblem['problem']): FormProblem {
  return { problem, other: null, notes: [] }
}
