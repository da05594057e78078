import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { findJob, type Job, logTaken } from '../../../db/queries/papers/jobs.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { findPaper, mediaTypes } from '../../documents/papers/papers.ts'
import { PaperJobs } from '../../jobs/papers/papers.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { personalPaperForm } from '../../rules/papers/personal-paper-form.ts'
import { type PaperScope, paperFileName, readScope } from '../../rules/papers/scopes.ts'
import { typedText } from '../../rules/typed.ts'
import { disposition, headerOf, originOf, paperFilters, scopeOf } from './paper-files.ts'
import { paperReader } from './paper-readers.ts'
import { papersPage, personalPapers } from './papers.ts'
import { type ShownJob, shownJob } from './shown-job.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'office/papers/job': { consultation: Consultation; job: ShownJob }
    'office/papers/_job': { job: ShownJob; staff: { csrf: string } }
  }
}

interface OfJob {
  Params: { job: string }
}

/** /office/:slug/jobs: a long paper is ordered, its page says how far it has come, and its file is there for a week. */
export function jobs(app: FastifyInstance, deps: Dependencies): void {
  const orders = new PaperJobs(deps, app.log)
  app.addHook('onClose', () => orders.close())

  app.post('/jobs', async (request, reply) => {
    const scope = scopeOf(request.body)
    if (scope === 'personal') return orderPersonal(deps, orders, request, reply)
    paperReader(request, scope)
    const [kind, format] = [typedText(request.body, 'kind'), typedText(request.body, 'format')]
    return order(deps, orders, request, reply, { kind, format, scope, reason: null })
  })

  app.get<OfJob>('/jobs/:job', async (request, reply) => {
    const { consultation } = request
    const job = shownJob(consultation, await jobAsked(deps, request))
    // htmx asks for the part that changes.
    return request.headers['hx-request']
      ? reply.page('office/papers/_job', { job, staff: { csrf: reply.formToken() } })
      : reply.page('office/papers/job', { consultation, job })
  })

  app.get<OfJob>('/jobs/:job/file', async (request, reply) => {
    const job = await jobAsked(deps, request)
    const { consultationId, state, fileName, kind, format, scope } = job
    paperReader(request, readScope(scope) ?? 'personal')
    const file = state === 'done' ? await orders.open(job) : null
    if (!file) throw new PageError(404, 'no_file', '文件不在了，或者还没有生成', '请在“文件导出”里重新生成。')
    await logTaken(deps.db, consultationId, { kind, format, scope, reason: null }, actOf(request, deps))
    return reply
      .type(mediaTypes[format] ?? 'application/octet-stream')
      .header('content-length', file.size)
      .header('content-disposition', disposition(fileName))
      .send(file.content)
  })

  app.post<OfJob>('/jobs/:job/cancellation', async (request, reply) => {
    const job = await jobAsked(deps, request)
    await orders.cancel(job)
    return reply.redirect(`/office/${request.consultation.slug}/jobs/${job.id}`, 303)
  })
}

/** One that names persons says for what purpose, which stands in the log for ever. */
async function orderPersonal(
  deps: Dependencies,
  orders: PaperJobs,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  paperReader(request, 'personal')
  const { typed, values, errors } = personalPaperForm(personalPapers().map(([paper]) => paper)).sent(
    request.body,
  )
  if (!values) {
    const page = await papersPage(deps, request, request.body)
    return reply.code(422).page('office/papers/papers', { ...page, typed, errors })
  }
  const [kind = '', format = ''] = values.paper.split('.')
  return order(deps, orders, request, reply, { kind, format, scope: 'personal', reason: values.reason })
}

async function order(
  deps: Dependencies,
  orders: PaperJobs,
  request: FastifyRequest,
  reply: FastifyReply,
  { kind, format, scope, reason }: { kind: string; format: string; scope: PaperScope; reason: string | null },
): Promise<FastifyReply> {
  const { id: consultationId, slug } = request.consultation
  const found = findPaper(kind, format, scope)
  if (!found) throw notFound()
  const asked = {
    consultationId,
    kind,
    format,
    scope,
    header: headerOf(request.body),
    filters: paperFilters(await clausePlaces(deps.db, consultationId), request.body),
    origin: originOf(deps, request),
    staffId: paperReader(request, scope).id,
    fileName: paperFileName({ paper: found.paper.name, scope, slug, format }, deps.now()),
  }
  const job = await orders.order(asked, reason)
  return reply.redirect(`/office/${slug}/jobs/${job.id}`, 303)
}

async function jobAsked({ db }: Dependencies, request: FastifyRequest<OfJob>): Promise<Job> {
  paperReader(request, 'internal')
  const job = await findJob(db, request.consultation.id, request.params.job)
  if (!job) throw notFound()
  return job
}
