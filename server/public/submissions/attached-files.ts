import type { MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { offersAt } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { attachmentType } from '../../documents/files/attachment-type.ts'
import { FileStore, type Received } from '../../documents/files/file-store.ts'
import { longestForm, longestText } from '../../plugins/forms.ts'
import { inMemory, uploads } from '../../plugins/uploads.ts'
import { isOffered } from '../../rules/consultations/offers.ts'
import {
  type AttachmentType,
  attachmentLimits,
  attachmentName,
  type SentFile,
} from '../../rules/submissions/attachments.ts'
import { mostWritten } from '../../rules/submissions/submission-form.ts'

/** A file that came with a form. */
export class AttachedFile implements SentFile {
  readonly name: string
  readonly isTooLarge: boolean
  readonly type: AttachmentType | null
  /** Where it lies for now; null where it was not even written down. */
  readonly received: Received | null

  constructor(name: string, isTooLarge: boolean, type: AttachmentType | null, received: Received | null) {
    this.name = name
    this.isTooLarge = isTooLarge
    this.type = type
    this.received = received
  }

  get size(): number {
    return this.received?.size ?? 0
  }
}

/** A form on its way in: to which consultation, and what of its files lies on the disk. */
interface Sent {
  slug: string
  received: Received[]
  /** Asked once, however many files come. */
  isWanted?: Promise<boolean>
}

const fieldsOfOneComment = 6
/** What comes in this field is read at once and never written down. */
const readField = 'file'

/**
 * Lets the forms of a scope come with files. A file is written down only where the consultation takes files, and no more
 * of them than may be sent; whatever was not kept by the end of the request is removed.
 */
export async function takeFiles(app: FastifyInstance, deps: Dependencies): Promise<void> {
  const store = new FileStore(deps.config.dataDir, 'attachments')
  const sent = new WeakMap<FastifyRequest, Sent>()

  const take = async (part: MultipartFile, request: FastifyRequest, place: number) => {
    if (part.fieldname === readField) return inMemory(part)
    const { filename, file } = part
    const name = attachmentName(filename)
    const form = sent.get(request)
    if (!form || place >= attachmentLimits.files || !(await isWanted(deps, form))) {
      file.resume()
      return new AttachedFile(name, false, null, null)
    }
    const received = await store.receive(file)
    form.received.push(received)
    return file.truncated
      ? new AttachedFile(name, true, null, received)
      : new AttachedFile(name, false, await attachmentType(received), received)
  }

  app.addHook<{ Params: { slug: string } }>('onRequest', async (request, reply) => {
    const form: Sent = { slug: request.params.slug, received: [] }
    sent.set(request, form)
    reply.raw.once('close', () => {
      for (const received of form.received) store.discard(received).catch(() => {})
    })
  })
  await app.register(uploads, {
    fileSize: attachmentLimits.bytes,
    fieldSize: longestText * 3,
    textSize: longestForm,
    fields: mostWritten * fieldsOfOneComment + 100,
    files: 20,
    take,
  })
}

function isWanted({ db }: Dependencies, form: Sent): Promise<boolean> {
  form.isWanted ??= offersAt(db, form.slug).then((one) => one !== null && isOffered(one, 'attachments'))
  return form.isWanted
}

/** The files that came with a form. */
export function attachedFiles({ body }: FastifyRequest): AttachedFile[] {
  const { attachments } = Object(body)
  const list: unknown[] = Array.isArray(attachments) ? attachments : [attachments]
  return list.filter((one) => one instanceof AttachedFile)
}
