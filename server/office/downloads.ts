import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../db/queries/consultations.ts'
import type { Dependencies } from '../dependencies.ts'
import { commentsCsv, commentsXlsx, type FileOptions } from '../documents/comment-files.ts'
import { shanghaiDay } from '../rules/shanghai.ts'
import { consultationOf } from './consultation.ts'

const writers = { csv: commentsCsv, xlsx: commentsXlsx } as const
const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** GET /office/:slug/comments.csv and .xlsx, ?scope=public|internal (internal), ?header=zh|en (zh). */
export function commentsDownload({ db, now }: Dependencies, format: keyof typeof writers) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    const options = optionsOf(request.query)
    const file = await writers[format](db, consultation, options)
    return download(reply, file, types[format], fileName(consultation, options, now(), format))
  }
}

function optionsOf(query: unknown): FileOptions {
  const asked = new Map(Object.entries(query ?? {}))
  return {
    scope: asked.get('scope') === 'public' ? 'public' : 'internal',
    header: asked.get('header') === 'en' ? 'en' : 'zh',
  }
}

function fileName({ slug }: Consultation, { scope }: FileOptions, now: Date, format: string): string {
  const kind = scope === 'public' ? '公开意见' : '意见汇总（内部）'
  return `${kind}-${slug}-${shanghaiDay(now)}.${format}`
}

function download(reply: FastifyReply, file: Readable, type: string, name: string): FastifyReply {
  return reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(file)
}
