import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { countReceived } from '../../db/queries/aggregates.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import { endJob, findJob, type Job } from '../../db/queries/jobs.ts'
import type { Dependencies } from '../dependencies.ts'
import { findPaper, mediaTypes } from '../documents/papers.ts'
import type { PaperJobs } from '../jobs/papers.ts'
import { notFound, PageError } from '../plugins/page-error.ts'
import { paperFileName } from '../rules/paper-names.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { typedText } from '../rules/typed.ts'
import { consultationOf } from './consultation.ts'
import { disposition, headerOf, paperReader, scopeOf } from './downloads.ts'

export interface ShownJob {
  address: string
  fileName: string
  state: string
  stateName: string
  done: number
  total: number
  began: string
  until: string
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/job': { consultation: Consultation; job: ShownJob }
    'office/_job': { job: ShownJob; staff: { csrf: string } }
  }
}

const stateNames: Readonly<Record<string, string>> = {
  running: '正在生成',
  done: '已生成',
  failed: '没有生成',
  cancelled: '已取消',
}

/** Silent for longer than this, it has died with its node. In milliseconds. */
const longestSilence = 60_000

/** POST /office/:slug/jobs: begins a long paper. */
export function newJob(deps: Dependencies, jobs: PaperJobs) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { db, config, now } = deps
    const consultation = consultationOf(request)
    const { id: staffId } = paperReader(request)
    const [kind, format] = [typedText(request.body, 'kind'), typedText(request.body, 'format')]
    const [scope, header] = [scopeOf(request.body), headerOf(request.body)]
    const found = findPaper(kind, format, scope)
    if (!found) throw notFound()
    const job = await jobs.start(consultation, {
      kind,
      format,
      scope,
      header,
      origin: config.publicUrl ?? `${request.protocol}://${request.host}`,
      fileName: paperFileName(found.paper.name, scope, consultation.slug, now(), format),
      total: await countReceived(db, consultation.id),
      staffId,
    })
    return reply.redirect(`/office/${consultation.slug}/jobs/${job.id}`, 303)
  }
}

/** GET /office/:slug/jobs/:job: how far it has come; htmx asks for the part that changes. */
export function jobPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    const job = shown(consultation, await jobOf(deps, request))
    if (request.headers['hx-request']) {
      return reply.page('office/_job', { job, staff: { csrf: reply.generateCsrf() } })
    }
    return reply.page('office/job', { consultation, job })
  }
}

/** GET …/file */
export function jobFile(deps: Dependencies, jobs: PaperJobs) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id, state, fileName, format } = await jobOf(deps, request)
    const file = jobs.fileOf(id)
    const size =
      state === 'done'
        ? await stat(file).then(
            (found) => found.size,
            () => null,
          )
        : null
    if (size === null) {
      throw new PageError(404, 'no_file', '文件不在了，或者还没有生成', '请在“文件导出”里重新生成。')
    }
    return reply
      .type(mediaTypes[format] ?? 'application/octet-stream')
      .header('content-length', size)
      .header('content-disposition', disposition(fileName))
      .send(createReadStream(file))
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

async function jobOf({ db, now }: Dependencies, request: FastifyRequest): Promise<Job> {
  paperReader(request)
  const job = await findJob(
    db,
    consultationOf(request).id,
    String(Reflect.get(Object(request.params), 'job')),
  )
  if (!job) throw notFound()
  const silent = now().getTime() - job.beatAt.getTime() > longestSilence
  if (job.state !== 'running' || !silent) return job
  await endJob(db, job.id, 'failed', now())
  return { ...job, state: 'failed' }
}

export function shown({ slug }: Consultation, job: Job): ShownJob {
  return {
    address: `/office/${slug}/jobs/${job.id}`,
    fileName: job.fileName,
    state: job.state,
    stateName: stateNames[job.state] ?? job.state,
    done: Math.min(job.done, job.total),
    total: job.total,
    began: shanghaiMinute(job.createdAt),
    until: shanghaiMinute(job.expiresAt),
  }
}
