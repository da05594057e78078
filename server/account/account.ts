import type { FastifyInstance, FastifyRequest } from 'fastify'
import { countRecoveryCodes } from '../../db/queries/staff/credentials.ts'
import { endOtherSessions, sessionsOf } from '../../db/queries/staff/sessions.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf, memberOf } from '../plugins/roles.ts'
import { storedSessionId } from '../plugins/session-store.ts'
import { shanghaiMinute } from '../rules/days.ts'
import { browserName } from '../rules/staff/browser-names.ts'

interface OwnAccountPage {
  sessions: { browser: string; beganAt: string; usedAt: string; isThis: boolean }[]
  recoveryCodes: number
}

declare module '../plugins/views.ts' {
  interface Views {
    'account/account': OwnAccountPage
  }
}

/** GET /staff/account, and POST /staff/account/sign-out-elsewhere. */
export function ownAccount(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/account', async (request, reply) =>
    reply.page('account/account', await ownAccountPage(deps, request)),
  )

  app.post('/account/sign-out-elsewhere', async (request, reply) => {
    await endOtherSessions(db, thisSession(deps, request), actOf(request, deps))
    return reply.redirect('/staff/account', 303)
  })
}

async function ownAccountPage(deps: Dependencies, request: FastifyRequest): Promise<OwnAccountPage> {
  const { id } = memberOf(request)
  const [sessions, recoveryCodes] = await Promise.all([
    sessionsOf(deps.db, id, deps.now()),
    countRecoveryCodes(deps.db, id),
  ])
  return {
    recoveryCodes,
    sessions: sessions.map((session) => ({
      browser: browserName(session.agent),
      beganAt: shanghaiMinute(session.beganAt),
      usedAt: shanghaiMinute(session.usedAt),
      isThis: session.id === thisSession(deps, request),
    })),
  }
}

/** Under what id the session of this request lies in the database. */
export function thisSession({ seals }: Dependencies, { session }: FastifyRequest): string {
  return storedSessionId(seals, session.sessionId)
}
