import multipart, { type MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { longestName, readFields } from './forms.ts'
import { PageError } from './page-error.ts'

/** A file as it was sent, in memory. */
export class Upload {
  readonly name: string
  /** null: it was larger than is allowed. */
  readonly content: Buffer | null

  constructor(name: string, content: Buffer | null) {
    this.name = name
    this.content = content
  }
}

interface UploadOptions {
  /** Bytes of one file, and of one text field. */
  fileSize: number
  fieldSize: number
  /** Characters of all text fields together. */
  textSize: number
  /** Parts of each kind. */
  fields: number
  files: number
  /** What becomes of a file; it has to be read to its end. @param place how many came before it */
  take: (part: MultipartFile, request: FastifyRequest, place: number) => Promise<object>
}

/**
 * Reads forms with files: `request.body` holds the fields as a form without files has them, and each file field's file,
 * or list of files, as `take` gives it; so a refused form still has all that was typed. Limits are set for files, fields
 * and parts each, because the body limit of a route does not apply to multipart bodies.
 */
export const uploads = plugin(async (app, { textSize, take, ...limits }: UploadOptions) => {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { ...limits, parts: limits.fields + limits.files, fieldNameSize: longestName },
  })
  app.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = await readForm(request, textSize, take)
  })
})

/** Keeps a file in memory. */
export async function inMemory(part: MultipartFile): Promise<Upload> {
  const content = await part.toBuffer()
  return new Upload(part.filename, part.file.truncated ? null : content)
}

async function readForm(request: FastifyRequest, textSize: number, take: UploadOptions['take']) {
  const fields = new URLSearchParams()
  const files = new Map<string, object[]>()
  let [text, place] = [0, 0]
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        // A file field in which nothing was chosen comes with an empty name.
        if (!part.filename) part.file.resume()
        else listIn(files, part.fieldname).push(await take(part, request, place++))
      } else {
        const value = String(part.value)
        text += value.length
        if (part.valueTruncated || text > textSize) throw tooLong()
        fields.append(part.fieldname, value)
      }
    }
  } catch (error) {
    throw hasStatus(error) || isOurFault(error) ? error : unreadable()
  }
  const chosen = [...files].map(([name, list]) => [name, list.length === 1 ? list[0] : list])
  return { ...readFields(fields.toString()), ...Object.fromEntries(chosen) }
}

function listIn(files: Map<string, object[]>, name: string): object[] {
  const list = files.get(name) ?? []
  files.set(name, list)
  return list
}

function hasStatus(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error
}

/** The system refused, a full disk say: that is no fault of the form. */
function isOurFault(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

const tooLong = () =>
  new PageError(413, 'too_large', '填写的文字太长', '请返回上一页，删减文字，或者改用上传文件的方式。')
const unreadable = () =>
  new PageError(400, 'bad_request', '上传没有完成', '请返回上一页，重新选择文件再上传一次。')
