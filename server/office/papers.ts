import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../db/queries/consultations.ts'
import { papers } from '../documents/papers.ts'
import { consultationOf } from './consultation.ts'

interface ListedPaper {
  name: string
  about: string
  scopes: { name: string; files: { label: string; href: string }[] }[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/papers': { consultation: Consultation; papers: ListedPaper[] }
  }
}

const scopeNames = { internal: '内部', public: '可公开' } as const

/** GET /office/:slug/papers: every file that can be taken away. */
export async function papersPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const consultation = consultationOf(request)
  return reply.page('office/papers', { consultation, papers: papersOf(consultation) })
}

function papersOf({ slug }: Consultation): ListedPaper[] {
  return papers.map(({ kind, name, about, scopes, formats }) => ({
    name,
    about,
    scopes: scopes.map((scope) => ({
      name: scopeNames[scope],
      files: Object.keys(formats).map((format) => ({
        label: format.toUpperCase(),
        href: `/office/${slug}/papers/${kind}.${format}?scope=${scope}`,
      })),
    })),
  }))
}
