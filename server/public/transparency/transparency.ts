import type { FastifyInstance } from 'fastify'
import { publicConsultations } from '../../../db/queries/consultations/consultations.ts'
import { publicKeys } from '../../../db/queries/transparency/signing-keys.ts'
import { everyHead, headCounts, headsOf } from '../../../db/queries/transparency/tree-heads.ts'
import type { Dependencies } from '../../dependencies.ts'
import { headsAreShown } from '../../rules/transparency/head-times.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { seenConsultation, seenKey, withRound } from '../scope.ts'
import { type ShownHead, type ShownKey, shownHead, shownKey } from './shown-heads.ts'

interface Heads {
  slug: string
  title: string
  /** When the office publishes heads. */
  times: string
  /** The policy that keeps them from the public until now; null where nothing does. */
  hiddenBy: string | null
  newest: ShownHead | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/transparency/transparency': { frame: Frame; title: string; keys: ShownKey[]; all: Heads[] }
    'public/transparency/transparency-heads': {
      frame: Frame
      title: string
      keys: ShownKey[]
      heads: Heads
      earlier: ShownHead[]
    }
  }
}

/** GET /transparency, and /consultations/:slug/transparency: the signed heads of 提交存证, and by which key. */
export function transparency(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.get('/transparency', async (request, reply) => {
    const frame = await frameOf(request, deps)
    const keys = (await publicKeys(db)).map(shownKey)
    const counts = await headCounts(db)
    const all = (await publicConsultations(db)).map((one) => ({
      ...one,
      areShown: headsAreShown(one, now()),
      heads: counts.get(one.id) ?? 0,
    }))
    const key = all.map(({ id, revision, areShown, heads }) => [id, revision, areShown, heads])
    return reply.keptPage([key, keys, frameKey(frame)], async () =>
      app.page('public/transparency/transparency', {
        frame,
        title: frame.t.transparency.title,
        keys,
        all: await Promise.all(
          all.map(async (one) => {
            const [newest] = one.areShown ? await headsOf(db, one.id, 1) : []
            return headsIn(one, one.areShown, newest ? shownHead(newest) : null)
          }),
        ),
      }),
    )
  })

  app.get<{ Params: { slug: string } }>('/consultations/:slug/transparency', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    const frame = await frameOf(request, deps)
    const keys = (await publicKeys(db)).map(shownKey)
    const areShown = headsAreShown(seen.consultation, now())
    const heads = areShown ? await everyHead(db, seen.consultation.id) : []
    const key = [seenKey(seen, now()), areShown, heads.length, keys, frameKey(frame)]
    return reply.keptPage(key, async () => {
      const { consultation, round } = await withRound(deps, seen)
      const [newest = null, ...earlier] = heads.map(shownHead).reverse()
      return app.page('public/transparency/transparency-heads', {
        frame,
        title: frame.t.transparency.of(round.title),
        keys,
        heads: { ...headsIn(consultation, areShown, newest), title: round.title },
        earlier,
      })
    })
  })
}

function headsIn(
  one: { slug: string; title: string; headTimes: string; publicationPolicy: string },
  areShown: boolean,
  newest: ShownHead | null,
): Heads {
  const { slug, title, headTimes: times, publicationPolicy } = one
  return { slug, title, times, hiddenBy: areShown ? null : publicationPolicy, newest }
}
