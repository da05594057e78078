import type { FastifyReply, FastifyRequest } from 'fastify'
import { countReceived } from '../../db/queries/aggregates.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import { jobsOf } from '../../db/queries/jobs.ts'
import type { Dependencies } from '../dependencies.ts'
import { type Paper, papers } from '../documents/papers.ts'
import { consultationOf } from './consultation.ts'
import { paperReader } from './downloads.ts'
import { type ShownJob, shown } from './paper-jobs.ts'

interface ListedFile {
  format: string
  label: string
  /** Where it is had at once; null where it takes long and is made as a job. */
  href: string | null
}

interface ListedPaper {
  kind: string
  name: string
  about: string
  scopes: { scope: string; name: string; files: ListedFile[] }[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/papers': { consultation: Consultation; papers: ListedPaper[]; jobs: ShownJob[] }
  }
}

const scopeNames = { internal: '内部', public: '可公开' } as const

/** More comments than these, and a file is made beside the serving, not in it. */
const mostAtOnce = 5000

/** GET /office/:slug/papers: every file that can be taken away. */
export function papersPage({ db }: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    paperReader(request)
    const [received, jobs] = await Promise.all([
      countReceived(db, consultation.id),
      jobsOf(db, consultation.id),
    ])
    return reply.page('office/papers', {
      consultation,
      papers: papers.map((paper) => listed(paper, consultation, received)),
      jobs: jobs.map((job) => shown(consultation, job)),
    })
  }
}

function listed(
  { kind, name, about, scopes, formats }: Paper,
  { slug }: Consultation,
  received: number,
): ListedPaper {
  const atOnce = received <= mostAtOnce && kind !== 'archive'
  return {
    kind,
    name,
    about,
    scopes: scopes.map((scope) => ({
      scope,
      name: scopeNames[scope],
      files: Object.keys(formats).map((format) => ({
        format,
        label: format.toUpperCase(),
        href: atOnce ? `/office/${slug}/papers/${kind}.${format}?scope=${scope}` : null,
      })),
    })),
  }
}
