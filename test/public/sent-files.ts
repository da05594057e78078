import { desc, eq } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { attachments, comments } from '../../db/schema/index.ts'
import type { TestPortal } from '../build.ts'
import { aDocx } from '../documents/a-docx.ts'
import { openForm } from './forms.ts'
import { offered } from './offered.ts'

/** Files whose content is what they are called. */
export const files = {
  pdf: Buffer.from('%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n'),
  png: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  jpg: Buffer.from('ffd8ffe000104a46494600', 'hex'),
  docx: aDocx({ body: '<w:p><w:r><w:t>单位意见</w:t></w:r></w:p>' }),
}

export type Sent = [name: string, content: Buffer | string]

/** Posts fields and files as a browser's form does. */
export async function sendParts(
  app: FastifyInstance,
  url: string,
  fields: Record<string, string>,
  sent: Sent[],
  field = 'attachments',
) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const [name, content] of sent) form.append(field, new Blob([Buffer.from(content)]), name)
  const encoded = new Response(form)
  return app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
}

/** A comment of an organisation with this one file; answers the file's row and the comment's public id. */
export async function aCommentWithFile(portal: TestPortal, [name, content]: Sent = ['函.pdf', files.pdf]) {
  await offered(portal, 'attachments')
  const fields = {
    ...(await openForm(portal.app, 'p3')),
    'comments[0][stance]': 'amend',
    'comments[0][body]': '我单位建议写明补贴的对象和标准。',
    identity: 'enterprise',
    organisation: '某农业合作社',
  }
  await sendParts(portal.app, '/consultations/shanxi-laoqu/submissions', fields, [[name, content]])
  const [row] = await portal.db.query
    .select({ file: attachments, comment: comments.publicId })
    .from(attachments)
    .innerJoin(comments, eq(comments.submissionId, attachments.submissionId))
    .orderBy(desc(comments.number))
    .limit(1)
  if (!row) throw new Error('no file was kept')
  return { ...row.file, comment: row.comment }
}
