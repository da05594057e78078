import type { SessionStore } from '@fastify/session'
import type { Session } from 'fastify'
import {
  beginSession,
  continueSession,
  endSession,
  type FoundSession,
  findSession,
} from '../../db/queries/staff/sessions.ts'
import type { Dependencies } from '../dependencies.ts'

declare module 'fastify' {
  interface Session {
    /** Who is signed in here. */
    staffId?: string
    /** What the browser in which they signed in calls itself. */
    agent?: string
    /** What whoever signed in was told then of the sign-ins before; absent where no password was typed. */
    notice?: string[]
    /** The session as this request read it from the database; absent where it begins with this request. */
    found?: FoundSession
    /** Present while a page asks by itself: that is no use of the session, which ends as if it had not. */
    unattended?: true
  }
}

/** Keeps sessions in the database, whose idle end is exact to a minute. */
export function sessionStore({ db, seals, now }: Pick<Dependencies, 'db' | 'seals' | 'now'>): SessionStore {
  const idOf = (cookie: string) => storedSessionId(seals, cookie)

  const read = async (cookie: string): Promise<Session | null> => {
    const found = await findSession(db, idOf(cookie), now())
    if (!found) return null
    const { staffId, agent, data } = found
    return {
      ...JSON.parse(data),
      ...(staffId === null ? {} : { staffId }),
      agent,
      found,
      cookie: { originalMaxAge: null },
    }
  }

  const write = (cookie: string, session: Session): Promise<void> => {
    const { staffId = null, agent = '', found, unattended, cookie: _, ...data } = session
    const row = { id: idOf(cookie), staffId, agent, data: JSON.stringify(data) }
    return found ? continueSession(db, row, found, !unattended, now()) : beginSession(db, row, now())
  }

  return {
    get: (cookie, done) => {
      read(cookie).then((session) => done(null, session), done)
    },
    set: (cookie, session, done) => {
      write(cookie, session).then(() => done(), done)
    },
    destroy: (cookie, done) => {
      endSession(db, idOf(cookie)).then(() => done(), done)
    },
  }
}

/** Where the session with this id lies: under its keyed hash, so that the table opens no session. */
export function storedSessionId(seals: Dependencies['seals'], sessionId: string): string {
  return seals.hash('session', sessionId)
}
