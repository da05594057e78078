import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { PageError } from './page-error.ts'

/** A file as it was sent. */
export class Upload {
  readonly name: string
  /** null: it was larger than is allowed. */
  readonly content: Buffer | null

  constructor(name: string, content: Buffer | null) {
    this.name = name
    this.content = content
  }
}

export interface UploadLimits {
  /** Bytes of one file, and of one text field. */
  fileSize: number
  fieldSize: number
  files: number
}

/**
 * Reads forms with files: `request.body` holds each field as text and each chosen file as an Upload, so that a
 * refused form still has all that was typed. Limits are set for files, fields and parts each, because the body limit
 * of a route does not apply to multipart bodies.
 */
export const uploads = plugin(async (app, limits: UploadLimits) => {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { ...limits, fields: 100, parts: 100 + limits.files, fieldNameSize: 100 },
  })
  app.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = await readForm(request)
  })
})

async function readForm(request: FastifyRequest): Promise<Record<string, string | Upload>> {
  const form: Record<string, string | Upload> = {}
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const content = await part.toBuffer()
        // A file field in which nothing was chosen comes with an empty name.
        if (part.filename)
          form[part.fieldname] = new Upload(part.filename, part.file.truncated ? null : content)
      } else if (part.valueTruncated) throw tooLong()
      else form[part.fieldname] = String(part.value)
    }
  } catch (error) {
    throw hasStatus(error) ? error : unreadable()
  }
  return form
}

function hasStatus(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error
}

const tooLong = () => new PageError(413, 'too_large', '粘贴的文字太长', '请返回上一页，改用上传文件的方式。')
const unreadable = () =>
  new PageError(400, 'bad_request', '上传没有完成', '请返回上一页，重新选择文件再上传一次。')
