import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { LRUCache } from 'lru-cache'
import { logAlone } from '../../db/act.ts'
import { innerId } from '../../db/queries/comments/public-ids.ts'
import type { Dependencies } from '../dependencies.ts'
import { staleForm } from './page-error.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])
const reasons: Readonly<Record<number, string>> = { 403: 'forbidden', 409: 'state' }
const anHour = 3_600_000
/** Of one member of staff in an hour: enough to see what somebody tried, too few to fill the log. */
const mostInAnHour = 30
/** Room is taken as it is needed: `max` would take it all at the start. */
const upTo10000 = { maxSize: 10_000, sizeCalculation: () => 1, ttl: anHour }

/**
 * Enters in the log what a member of staff was refused: for want of a right, or of the state in which it could be done.
 * The same is entered once an hour. Who is sent back by a form that lay open too long was refused nothing.
 */
export const refusedActs = plugin(async (app, { db, now }: Dependencies) => {
  const entered = new LRUCache<string, true>(upTo10000)
  const counts = new LRUCache<string, number>({ ...upTo10000, noUpdateTTL: true })
  const stale = new WeakSet<FastifyRequest>()

  app.addHook('onError', async (request, _reply, error) => {
    if (error.code === staleForm().code) stale.add(request)
  })

  const isNew = (staffId: string, refused: string) => {
    const key = JSON.stringify([staffId, refused])
    const count = counts.get(staffId) ?? 0
    if (entered.has(key) || count >= mostInAnHour) return false
    entered.set(key, true)
    counts.set(staffId, count + 1)
    return true
  }

  app.addHook('onSend', async (request, { statusCode }) => {
    const { member } = request
    const reason = reasons[statusCode]
    if (!member || !reason || reading.has(request.method) || stale.has(request)) return
    if (!isNew(member.id, `${request.method} ${request.url} ${statusCode}`)) return
    const act = { staffId: member.id, now: now() }
    const detail = { refused: reason, route: request.routeOptions.url ?? '' }
    const named = namedIn(request)
    await innerId(db, named)
      .then((id) => logAlone(db, act, 'staff.refused', id ?? named, detail))
      .catch((error: unknown) => request.log.error({ err: error }, 'a refused act is not in the log'))
  })
})

/** What it was to be done to, by the address; the page itself where the address names nothing. */
function namedIn({ params, routeOptions }: FastifyRequest): string {
  const named = Object.values(Object(params)).filter((value) => /^[\w-]{1,64}$/.test(String(value)))
  return String(named.at(-1) ?? routeOptions.url)
}
