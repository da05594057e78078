import type { FastifyReply } from 'fastify'
import type { Consultation } from '../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../dependencies.ts'
import { FileStore } from '../documents/files/file-store.ts'
import { notFound } from './page-error.ts'
import { nothingShown } from './security.ts'

/**
 * Sends the 起草说明 as the office sent it, as a file to be saved: whatever is in it, no browser is to show it here.
 * @throws PageError 404 where there is none
 */
export async function sendExplanation(
  { config }: Pick<Dependencies, 'config'>,
  reply: FastifyReply,
  { slug, explanationFile }: Consultation,
): Promise<FastifyReply> {
  const content =
    explanationFile && (await new FileStore(config.dataDir, 'explanations').read(explanationFile.id))
  if (!content) throw notFound()
  const name = encodeURIComponent(`起草说明-${slug}.${explanationFile.type}`)
  return reply
    .type('application/octet-stream')
    .header('content-length', explanationFile.size)
    .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
    .header('content-security-policy', nothingShown)
    .send(content)
}
