import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { isOffered } from '../../rules/consultations/offers.ts'
import type { PersonFields } from '../../rules/consultations/participation-form.ts'
import type { Region } from '../../rules/consultations/regions.ts'
import { makeFormToken } from '../../rules/form-token.ts'
import { emptyComment } from '../../rules/submissions/comment-form.ts'
import { formBytes, submissionForm, type TypedSubmission } from '../../rules/submissions/submission-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { type Frame, frameOf } from '../frame.ts'
import { clauseOf, publicScope, type Scope } from '../scope.ts'
import { carriedFiles } from './carried-files.ts'
import { type FormProblem, type FromFile, readSentForm } from './filled-form.ts'
import { joined, placeOfAnother, withAnother, withEvery } from './form-comments.ts'
import { type FormPart, formParts } from './form-part.ts'
import type { ShownFile } from './held-files.ts'
import { inTurn } from './in-turn.ts'
import { type Publishing, publishingOf } from './publishing.ts'
import { asksOf, mayAttach, rulesOf, typedIn } from './submission-rules.ts'

interface FormPage {
  frame: Frame
  title: string
  slug: string
  draftTitle: string
  state: string
  token: string
  typed: TypedSubmission
  parts: FormPart[]
  /** One form for everything: its parts are folded, but for the first. */
  isForAll: boolean
  /** The place of the comment that was added when another on the same clause was asked for; null where none was. */
  again: number | null
  regions: Region[]
  /** What the consultation asks about the person. */
  asks: PersonFields
  /** Whether files may be chosen: then the form is sent in parts. */
  takesFiles: boolean
  /** The files that it brings along, held since they were chosen. */
  files: ShownFile[]
  /** The id of the element of a field, by the field's HTML name: several of these forms stand on one page. */
  idOf: (field: string) => string
  errors: FieldError[]
  /** The same for the summary: with several comments each says on which clause it is. */
  named: FieldError[]
  /** When and under which name it is published. */
  publishing: Publishing
  /** How many comments are about to be sent; null where that is still typed. */
  sent: number | null
  /** Why a form with nothing wrong in it has come back; null where it has not. */
  notice: string | null
  /** Where it was read from a file, what became of the file. */
  fromFile: FromFile | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/submissions/comment-form': FormPage
  }
}

/**
 * Back and forward lead to the form, what is wrong in it and the review as they were; whoever comes anew is given a fresh one.
 * A browser that may not store an answer to a post shows an error in its place.
 */
export const forHistory = 'private, no-cache'

interface Params {
  slug: string
  clause: string
}

interface OfAll {
  Params: Pick<Params, 'slug'>
  Querystring: { again?: unknown }
}

/** The way to say something: on one clause, a page, which a script opens under the clause; on everything, one form of folded parts. */
export function commentForm(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: Params }>('/consultations/:slug/clauses/:clause/comments/new', async (request, reply) => {
    const scope = await publicScope(deps, request.params.slug)
    const { key } = clauseOf(scope, request.params.clause)
    const frame = await frameOf(request, deps)
    const { blank } = submissionForm(rulesOf(scope, frame.t.wrong))
    const page = formPage(deps, scope, { ...blank, comments: [emptyComment(key)] }, frame)
    return reply.header('cache-control', forHistory).page('public/submissions/comment-form', page)
  })

  app.get<OfAll>('/consultations/:slug/comments/new', async (request, reply) => {
    const scope = await publicScope(deps, request.params.slug)
    const { again } = request.query
    const frame = await frameOf(request, deps, ['again'])
    const { blank } = submissionForm(rulesOf(scope, frame.t.wrong))
    const typed = withAnother(withEvery(scope, blank), again)
    reply.header('cache-control', forHistory)
    return showForm(reply, () => formPage(deps, scope, typed, frame, { isForAll: true }))
  })

  app.post<OfAll>(
    '/consultations/:slug/comments/new',
    { bodyLimit: formBytes, config: { limit: 'form' } },
    async (request, reply) => {
      const scope = await publicScope(deps, request.params.slug)
      const { all, again, join } = Object(request.body)
      const isForAll = all === '1' || join === '1'
      const frame = await frameOf(request, deps)
      const sent = typedIn(request.body, rulesOf(scope, frame.t.wrong))
      const read = join === '1' ? await readSentForm(deps, scope, request.body) : null
      const [more, fromFile] =
        read && !('problem' in read) ? [joined(sent, read.typed), read.fromFile] : [sent, null]
      const typed = withAnother(isForAll ? withEvery(scope, more) : more, again)
      const unread = read && 'problem' in read ? [fileError(read, frame)] : []
      const { files, lost } = await carriedFiles(deps, request, mayAttach(scope, typed), frame)
      reply.code(unread.length > 0 ? 422 : 200).header('cache-control', forHistory)
      return showForm(reply, () =>
        formPage(deps, scope, typed, frame, {
          errors: [...unread, ...lost],
          files,
          fromFile,
          isForAll,
          again,
        }),
      )
    },
  )
}

interface Reasons {
  errors?: FieldError[]
  files?: ShownFile[]
  notice?: string | null
  isForAll?: boolean
  again?: unknown
  fromFile?: FromFile | null
}

/** Sends the form, when it is its turn to be made. */
export function showForm(reply: FastifyReply, page: () => FormPage): Promise<FastifyReply> {
  return inTurn(() => reply.page('public/submissions/comment-form', page()))
}

/** The form with what has been typed, and a fresh token. */
export function formPage(
  deps: Pick<Dependencies, 'seals' | 'now'>,
  scope: Scope,
  typed: TypedSubmission,
  frame: Frame,
  { errors = [], files = [], notice = null, isForAll = false, again = null, fromFile = null }: Reasons = {},
): FormPage {
  const { consultation, round, state } = scope
  const asks = asksOf(consultation)
  const added = placeOfAnother(typed, again)
  const parts = formParts(scope, typed.comments, frame, added)
  return {
    frame,
    title: `${frame.t.form.title} · ${round.title}`,
    slug: consultation.slug,
    draftTitle: round.title,
    state,
    token: freshToken(deps),
    typed,
    parts,
    isForAll,
    again: added,
    regions: consultation.regions,
    asks,
    takesFiles: asks.identity !== 'hidden' && isOffered(consultation, 'attachments'),
    files,
    idOf: (field) => `${typed.comments[0]?.clause ?? ''}-${field.replace(/\W+/g, '-').replace(/-$/, '')}`,
    errors,
    named: errors.map((error) => named(error, parts)),
    publishing: publishingOf(scope, typed, frame),
    sent: null,
    notice,
    fromFile,
  }
}

function fileError({ problem }: FormProblem, { t }: Frame): FieldError {
  return { field: 'file', message: t.feedbackForm.problems[problem] }
}

function named({ field, message }: FieldError, parts: FormPart[]): FieldError {
  const name = parts[Number(/^comments\[(\d+)\]/.exec(field)?.[1] ?? -1)]?.name
  return { field, message: name && parts.length > 1 ? `${name}：${message}` : message }
}

/** A token for a form that is opened now; its key makes whatever comes of it one submission. */
export function freshToken({ seals, now }: Pick<Dependencies, 'seals' | 'now'>): string {
  const token = { openedAt: now().getTime(), key: randomUUID() }
  return makeFormToken(token, (value) => seals.hash('form token', value))
}
