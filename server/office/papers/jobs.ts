import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { findJob, type Job, logTaken } from '../../../db/queries/papers/jobs.ts'
import type { Dependencies } from '../../dependencies.ts'
import { findPaper, mediaTypes } from '../../documents/papers/papers.ts'
import type { PaperJobs } from '../../jobs/papers.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { personalPaperErrors, typedPersonalPaper } from '../../rules/papers/personal-paper-form.ts'
import { paperFileName, readScope, type Scope } from '../../rules/papers/scopes.ts'
import { typedText } from '../../rules/typed.ts'
import { consultationOf } from '../consultation.ts'
import { disposition, headerOf, originOf, paperFilters, scopeOf } from './paper-files.ts'
import { paperReader } from './paper-readers.ts'
import { papersPageOf, personalPapers } from './papers.ts'
import { type ShownJob, shownJob } from './shown-job.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'office/papers/job': { consultation: Consultation; job: ShownJob }
    'office/papers/_job': { job: ShownJob; staff: { csrf: string } }
  }
}

/** POST /office/:slug/jobs: orders a long paper. */
export function newJob(deps: Dependencies, jobs: PaperJobs) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const scope = scopeOf(request.body)
    if (scope === 'personal') return newPersonalJob(deps, jobs, request, reply)
    paperReader(request, scope)
    const [kind, format] = [typedText(request.body, 'kind'), typedText(request.body, 'format')]
    return order(deps, jobs, request, reply, { kind, format, scope, reason: null })
  }
}

/** One that names persons says for what purpose, which stands in the log for ever. */
async function newPersonalJob(
  deps: Dependencies,
  jobs: PaperJobs,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  paperReader(request, 'personal')
  const typed = typedPersonalPaper(request.body)
  const errors = personalPaperErrors(
    typed,
    personalPapers().map(([paper]) => paper),
  )
  if (errors.length > 0) {
    const page = await papersPageOf(deps, request, request.body)
    return reply.code(422).page('office/papers/papers', { ...page, typed, errors })
  }
  const [kind = '', format = ''] = typed.paper.split('.')
  return order(deps, jobs, request, reply, { kind, format, scope: 'personal', reason: typed.reason })
}

async function order(
  deps: Dependencies,
  jobs: PaperJobs,
  request: FastifyRequest,
  reply: FastifyReply,
  { kind, format, scope, reason }: { kind: string; format: string; scope: Scope; reason: string | null },
): Promise<FastifyReply> {
  const { id: consultationId, slug } = consultationOf(request)
  const found = findPaper(kind, format, scope)
  if (!found) throw notFound()
  const asked = {
    consultationId,
    kind,
    format,
    scope,
    header: headerOf(request.body),
    filters: await paperFilters(deps, request, request.body),
    origin: originOf(deps, request),
    staffId: paperReader(request, scope).id,
    fileName: paperFileName(found.paper.name, scope, slug, deps.now(), format),
  }
  const job = await jobs.order(asked, reason)
  return reply.redirect(`/office/${slug}/jobs/${job.id}`, 303)
}

/** GET /office/:slug/jobs/:job: how far it has come; htmx asks for the part that changes. */
export function jobPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    const job = shownJob(consultation, await jobOf(deps, request))
    if (request.headers['hx-request']) {
      return reply.page('office/papers/_job', { job, staff: { csrf: reply.generateCsrf() } })
    }
    return reply.page('office/papers/job', { consultation, job })
  }
}

/** GET …/file; that somebody took it away stands in the log. */
export function jobFile(deps: Dependencies, jobs: PaperJobs) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id, consultationId, state, fileName, kind, format, scope } = await jobOf(deps, request)
    const { id: staffId } = paperReader(request, readScope(scope) ?? 'personal')
    const file = state === 'done' ? await jobs.open(id) : null
    if (!file) throw new PageError(404, 'no_file', '文件不在了，或者还没有生成', '请在“文件导出”里重新生成。')
    await logTaken(deps.db, consultationId, { kind, format, scope, reason: null }, staffId, deps.now())
    return reply
      .type(mediaTypes[format] ?? 'application/octet-stream')
      .header('content-length', file.size)
      .header('content-disposition', disposition(fileName))
      .send(file.content)
  }
}

/** POST …/cancellation */
export function jobCancellation(deps: Dependencies, jobs: PaperJobs) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const job = await jobOf(deps, request)
    await jobs.cancel(job.id)
    return reply.redirect(`/office/${consultationOf(request).slug}/jobs/${job.id}`, 303)
  }
}

async function jobOf({ db }: Dependencies, request: FastifyRequest): Promise<Job> {
  paperReader(request, 'internal')
  const id = String(Reflect.get(Object(request.params), 'job'))
  const job = await findJob(db, consultationOf(request).id, id)
  if (!job) throw notFound()
  return job
}
