import type { Readable } from 'node:stream'
import { type Part, zipOfFiles } from '../formats/zip-of-files.ts'
import { archivedAttachments } from './archived-attachments.ts'
import { manifestOf } from './manifest.ts'
import type { PaperRequest } from './paper-request.ts'

/**
 * Everything as one ZIP: each paper, for staff the files that came with comments, and last `manifest.json`, by which they
 * can be checked.
 */
export async function writeArchive(request: PaperRequest, parts: Part[]): Promise<Readable> {
  return zipOfFiles(request, withAttachments(request, parts), async (packed) => {
    const manifest = await manifestOf(request, packed)
    return [{ name: 'manifest.json', data: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) }]
  })
}

async function* withAttachments(request: PaperRequest, parts: Part[]): AsyncGenerator<Part> {
  yield* parts
  yield* archivedAttachments(request)
}
