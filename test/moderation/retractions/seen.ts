import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { allText } from '../../documents/papers/read-back.ts'
import { slug } from '../../office/consultations/conducting.ts'
import { type Everything, publicAddresses } from '../../public/everything.ts'

const base = `/consultations/${slug}`

/** Every public address, with the parameters by which a page shows other texts. */
export async function everyAddress(all: Everything): Promise<string[]> {
  const own = await publicAddresses(all)
  return [
    ...own,
    ...own.map((address) => `${address}?lang=en&text=large`),
    `${base}/outcome?edition=1`,
    `${base}/outcome?edition=2&after=0`,
    `${base}/comments?q=${encodeURIComponent('社区')}`,
    `${base}/comments?clause=p3`,
    `${base}/draft.txt?round=1`,
    `${base}/draft.docx?round=1`,
    `${base}/draft.akn.xml?round=1`,
    `${base}/annotated?from=p3`,
  ]
}

/** Of these addresses those whose answer holds the words, in whatever encoding; packages are opened. */
export async function holding(app: FastifyInstance, addresses: string[], words: string): Promise<string[]> {
  const found: string[] = []
  for (const url of addresses) {
    const texts = await Promise.all(
      ['identity', 'gzip', 'br'].map(async (encoding) => {
        const { rawPayload, headers } = await app.inject({ url, headers: { 'accept-encoding': encoding } })
        const bytes = decoded(rawPayload, String(headers['content-encoding'] ?? ''))
        const [path = ''] = url.split('?', 1)
        const saved = decodeURIComponent(String(headers['content-disposition'] ?? ''))
        return `${saved}\n${await allText(bytes.subarray(0, 2).toString() === 'PK' ? 'x.zip' : path, bytes)}`
      }),
    )
    if (texts.some((text) => text.includes(words))) found.push(url)
  }
  return found
}

function decoded(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'br') return brotliDecompressSync(bytes)
  return encoding === 'gzip' ? gunzipSync(bytes) : bytes
}
