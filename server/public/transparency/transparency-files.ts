import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { publicConsultations } from '../../../db/queries/consultations/consultations.ts'
import { signedHead } from '../../../db/queries/transparency/receipt-proofs.ts'
import { publicKeys } from '../../../db/queries/transparency/signing-keys.ts'
import { everyHead, headCounts, headsOf, type TreeHead } from '../../../db/queries/transparency/tree-heads.ts'
import type { Dependencies } from '../../dependencies.ts'
import { headsAreShown } from '../../rules/transparency/head-times.ts'
import { algorithm, inOrder, isTold } from '../../rules/transparency/statements.ts'
import { frameOf } from '../frame.ts'
import { seenConsultation } from '../scope.ts'
import { shownKey } from './shown-heads.ts'

const json = 'application/json; charset=utf-8'
const script = readFileSync(join(import.meta.dirname, '../../../docs/verify-receipt.mjs'))

/** The same as JSON, for whoever keeps the heads or checks them, and the program that does. */
export function transparencyFiles(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.get('/transparency.json', async (request, reply) => {
    const { site, origin } = await frameOf(request, deps)
    const keys = await keysWith(site.keyPlaces)
    const counts = await headCounts(db)
    const shown = (await publicConsultations(db)).filter((one) => headsAreShown(one, now()))
    const key = shown.map(({ id, revision }) => [id, revision, counts.get(id)])
    const make = async () => {
      const consultations = shown.map(async ({ id, slug, title }) => {
        const [newest] = await headsOf(db, id, 1)
        const heads = `${origin}/consultations/${slug}/transparency.json`
        return { slug, title, heads, newest: newest ? told(newest, slug) : null }
      })
      return inLines({ ...keys, consultations: await Promise.all(consultations) })
    }
    return reply.keptPage([key, keys, origin], make, json)
  })

  app.get<{ Params: { slug: string } }>('/consultations/:slug/transparency.json', async (request, reply) => {
    const { id, slug, title, ...policy } = (await seenConsultation(deps, request.params.slug)).consultation
    const { site } = await frameOf(request, deps)
    const keys = await keysWith(site.keyPlaces)
    const heads = headsAreShown(policy, now()) ? await everyHead(db, id) : []
    const make = async () => {
      const chain = heads.map((head) => ({ ...told(head, slug), consistency: head.consistency }))
      return inLines({ ...keys, slug, title, heads: chain })
    }
    return reply.keptPage([id, title, heads.length, keys], make, json)
  })

  app.get('/transparency/verify-receipt.mjs', (_request, reply) =>
    reply
      .header('content-disposition', 'attachment; filename="verify-receipt.mjs"')
      .keptPage([], async () => script, 'text/javascript; charset=utf-8'),
  )

  async function keysWith(keyPlaces: string | null) {
    const keys = (await publicKeys(db)).map(shownKey)
    return {
      algorithm,
      public_keys: keys.map(({ publicKey, since }) => ({ public_key: publicKey, since })),
      compare_public_key_at: keyPlaces,
    }
  }
}

/** What is signed stands in `statement`; the rest says the same for whoever reads no statements. */
function told(head: TreeHead, slug: string) {
  const { number, size, root, at, figures } = head
  return { number, at, size, root, ...(isTold(size) ? inOrder(figures) : {}), ...signedHead(head, slug) }
}

function inLines(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`
}
