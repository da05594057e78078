import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { readFormToken } from '../../rules/form-token.ts'
import {
  fieldsOf,
  formBytes,
  meantIn,
  type TypedSubmission,
} from '../../rules/submissions/submission-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import type { Difference } from '../../text/comparing/differences.ts'
import { changeIn } from '../drafts/difference.ts'
import { type Frame, frameOf } from '../frame.ts'
import { nameIn, publicScope, type Scope } from '../scope.ts'
import { carriedFiles, fileErrors } from './carried-files.ts'
import { forHistory, formPage, freshToken, showForm } from './comment-form.ts'
import type { FromFile } from './filled-form.ts'
import { type FormPart, formPart } from './form-part.ts'
import type { ShownFile } from './held-files.ts'
import { inTurn } from './in-turn.ts'
import { type PointedNumber, pointedNumbers, withoutNumber } from './pointed-numbers.ts'
import { type Publishing, publishingOf } from './publishing.ts'
import { errorsIn, mayAttach, rulesOf, typedIn } from './submission-rules.ts'

interface ReviewedPart extends FormPart {
  /** What it proposes to change in the draft's text; null where it proposes nothing there. */
  difference: Difference[] | null
  /** Its place in the form. */
  place: number
}

interface ReviewPage {
  frame: Frame
  title: string
  slug: string
  draftTitle: string
  organ: string
  day: string
  typed: TypedSubmission
  parts: ReviewedPart[]
  /** The clause by which the elements of the form are called. */
  firstClause: string
  token: string
  /** Everything that was typed, as fields of a form. */
  fields: [name: string, value: string][]
  /** Where it was read from a file, what became of the file. */
  fromFile: FromFile | null
  /** Whether it comes with files: then the form is sent in parts. */
  takesFiles: boolean
  /** The files that go along. */
  files: ShownFile[]
  /** What telephone and identity numbers are in it, each with what its clause is called. */
  numbers: (PointedNumber & { clauseName: string })[]
  publishing: Publishing
  sent: number
  idOf: (field: string) => string
  /** Which files have to be chosen again. */
  errors: FieldError[]
}

/**
 * What is reviewed; `fromFile` where it was read from a file, `lost` which files could not be held, `wrong` what keeps files from
 * being sent.
 */
interface Reviewed extends Pick<ReviewPage, 'frame' | 'typed' | 'token' | 'fromFile' | 'files'> {
  scope: Scope
  lost: FieldError[]
  wrong: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/submissions/review': ReviewPage
  }
}

/** Everything that is going to be sent, on one page: to check, to print with a seal, to send once. */
export function review(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: { slug: string } }>(
    '/consultations/:slug/review',
    { bodyLimit: formBytes, config: { limit: 'form' } },
    async (request, reply) => {
      const scope = await publicScope(deps, request.params.slug)
      const frame = await frameOf(request, deps)
      const sent = reviewedOf(typedIn(request.body, rulesOf(scope, frame.t.wrong)), request.body)
      const typed = withoutNumber(sent, Object(request.body).drop)
      reply.header('cache-control', forHistory)
      const may = mayAttach(scope, typed)
      const { files, lost } = await carriedFiles(deps, request, may, frame)
      if (scope.state !== 'open') {
        const notice = notTaken(scope, frame)
        return showForm(reply.code(403), () => formPage(deps, scope, typed, frame, { notice, files }))
      }
      const token = tokenIn(deps, request.body)
      const wrong = await fileErrors(deps, request, may, frame)
      return showReview(deps, reply, { scope, typed, token, frame, fromFile: null, files, lost, wrong })
    },
  )
}

/** Of the form for everything only what is said goes on: its empty parts stand there again whenever it is shown. */
function reviewedOf(typed: TypedSubmission, body: unknown): TypedSubmission {
  const { all } = Object(body)
  return all === '1' ? { ...typed, comments: meantIn(typed.comments).map(([, one]) => one) } : typed
}

/** Shows everything that is going to be sent, or the form again where something in it is wrong. */
export async function showReview(
  deps: Dependencies,
  reply: FastifyReply,
  reviewed: Reviewed,
): Promise<FastifyReply> {
  const { scope, typed, frame, fromFile, files, lost, wrong } = reviewed
  const errors = [...errorsIn(typed, rulesOf(scope, frame.t.wrong)), ...wrong]
  if (errors.length > 0) {
    const all = [...errors, ...lost]
    return showForm(reply.code(422), () =>
      formPage(deps, scope, typed, frame, { errors: all, files, fromFile }),
    )
  }
  return inTurn(() => reply.page('public/submissions/review', reviewPage(deps, reviewed)))
}

/** Why nothing is taken now, with the promise that nothing typed is lost. */
export function notTaken({ state }: Scope, { t }: Frame): string {
  const reasons: Record<string, string> = {
    upcoming: t.draft.upcomingNow,
    suspended: t.draft.suspendedNow,
    concluded: t.draft.concludedNow,
  }
  return t.form.notTaken(reasons[state] ?? t.draft.closedNow)
}

/** The form's own token goes on to the submission, so that going back and forth makes no second one. */
function tokenIn(deps: Dependencies, body: unknown): string {
  const { token } = Object(body)
  const isOurs = readFormToken(token, (value) => deps.seals.hash('form token', value)) !== null
  return isOurs ? String(token) : freshToken(deps)
}

/** What was typed, before it is sent. */
function reviewPage(
  deps: Pick<Dependencies, 'now'>,
  { scope, typed, token, frame, fromFile, files, lost }: Reviewed,
): ReviewPage {
  const { identity, isOffered } = mayAttach(scope, typed)
  return {
    frame,
    title: `${frame.t.review.title} · ${scope.round.title}`,
    slug: scope.consultation.slug,
    draftTitle: scope.round.title,
    organ: scope.consultation.organ,
    day: shanghaiDay(deps.now()),
    typed,
    parts: meantIn(typed.comments).map(([place, comment]) => ({
      ...formPart(scope, comment, frame),
      place,
      difference: changeIn(scope, comment),
    })),
    firstClause: typed.comments[0]?.clause ?? '',
    token,
    fields: fieldsOf(typed).filter(([name]) => name !== 'visibility'),
    numbers: pointedNumbers(typed).map((number) => ({
      ...number,
      clauseName: nameIn(scope, typed.comments[number.comment]?.clause ?? '', frame.t.clause.wholeDraft),
    })),
    publishing: publishingOf(scope, typed, frame),
    sent: meantIn(typed.comments).length,
    idOf: (field) => field,
    fromFile,
    files,
    takesFiles: isOffered && identity !== 'individual',
    errors: lost,
  }
}
