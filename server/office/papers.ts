import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../db/queries/consultations.ts'
import { consultationOf } from './consultation.ts'

interface Paper {
  name: string
  scope: string
  files: { label: string; href: string }[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/papers': { consultation: Consultation; papers: Paper[] }
  }
}

/** GET /office/:slug/papers: every file that can be taken away. */
export async function papersPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const consultation = consultationOf(request)
  return reply.page('office/papers', { consultation, papers: papersOf(consultation) })
}

function papersOf({ slug }: Consultation): Paper[] {
  const files = (scope: string) =>
    ['xlsx', 'csv'].map((format) => ({
      label: format.toUpperCase(),
      href: `/office/${slug}/comments.${format}?scope=${scope}`,
    }))
  return [
    {
      name: '全部意见（含各条款汇总）',
      scope: '内部：各种状态的意见，姓名隐去，不含联系方式',
      files: files('internal'),
    },
    {
      name: '已公开的意见（含各条款汇总）',
      scope: '可对外：只含已公开的意见，姓名隐去',
      files: files('public'),
    },
  ]
}
