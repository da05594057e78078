import { and, desc, eq, gt, lte, ne, or, sql } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { prepared } from '../../prepared.ts'
import { sessions } from '../../schema/index.ts'

const minutes = 60 * 1000
const idle = 30 * minutes
/** How exactly the row tells when its session was last used. */
const exactness = 1 * minutes
const absolute = 12 * 60 * minutes

/** What a browser's session holds; `id` is the keyed hash of its cookie. */
interface StoredSession {
  id: string
  staffId: string | null
  /** What the browser calls itself. */
  agent: string
  /** JSON. */
  data: string
}

/** A session as a request found it. */
export interface FoundSession extends StoredSession {
  expiresAt: Date
}

const going = prepared('session', (query) => {
  const { id, staffId, agent, data, expiresAt, createdAt } = sessions
  return query
    .select({ id, staffId, agent, data, expiresAt })
    .from(sessions)
    .where(
      and(
        eq(id, sql.param(sql.placeholder('id'), id)),
        gt(expiresAt, sql.param(sql.placeholder('now'), expiresAt)),
        gt(createdAt, sql.param(sql.placeholder('oldest'), createdAt)),
      ),
    )
})

/** A session that was used in the last 30 minutes and began in the last 12 hours; null where there is none. */
export async function findSession(db: Database, id: string, now: Date): Promise<FoundSession | null> {
  const [row] = await going(db).execute({ id, now, oldest: oldest(now) })
  return row ?? null
}

/** Stores a session that this request began, and clears away those that have ended. */
export async function beginSession(db: Database, { id, ...kept }: StoredSession, now: Date): Promise<void> {
  const set = { ...kept, expiresAt: idleEnd(now) }
  await db.atomically((tx) => [
    tx.delete(sessions).where(or(lte(sessions.expiresAt, now), lte(sessions.createdAt, oldest(now)))),
    tx
      .insert(sessions)
      .values({ id, createdAt: now, ...set })
      .onConflictDoUpdate({ target: sessions.id, set }),
  ])
}

/**
 * Keeps a session going. What it holds is written at once when it changes; that it was used, at most once a minute, so
 * that it may end up to a minute before half an hour without use is over. One that has ended meanwhile stays ended: a
 * request still under way must not revive it.
 * @param found the session as this request found it
 * @param isUse whether a person asks; what a page asks by itself is no use
 */
export async function continueSession(
  db: Database,
  { id, ...kept }: StoredSession,
  found: FoundSession,
  isUse: boolean,
  now: Date,
): Promise<void> {
  const { staffId, agent, data, expiresAt } = found
  const isChanged = kept.staffId !== staffId || kept.agent !== agent || kept.data !== data
  const isDue = isUse && now >= new Date(lastUse(expiresAt).getTime() + exactness)
  if (!isChanged && !isDue) return
  const changed = { ...(isChanged ? kept : {}), ...(isUse ? { expiresAt: idleEnd(now) } : {}) }
  await db.query.update(sessions).set(changed).where(eq(sessions.id, id))
}

export async function endSession(db: Database, id: string): Promise<void> {
  await db.query.delete(sessions).where(eq(sessions.id, id))
}

/** A browser in which somebody is signed in. */
interface OpenSession {
  id: string
  agent: string
  beganAt: Date
  /** To the minute. */
  usedAt: Date
}

/** The browsers in which a member of staff is signed in, the last used first. */
export async function sessionsOf(db: Database, staffId: string, now: Date): Promise<OpenSession[]> {
  const rows = await db.query
    .select()
    .from(sessions)
    .where(
      and(eq(sessions.staffId, staffId), gt(sessions.expiresAt, now), gt(sessions.createdAt, oldest(now))),
    )
    .orderBy(desc(sessions.expiresAt), desc(sessions.id))
  return rows.map(({ id, agent, createdAt, expiresAt }) => ({
    id,
    agent,
    beganAt: createdAt,
    usedAt: lastUse(expiresAt),
  }))
}

/** Signs a member of staff out of every browser but the one with this session. */
export async function endOtherSessions(db: Database, keptSession: string, act: Act): Promise<void> {
  await db.atomically((tx) => [
    tx.delete(sessions).where(and(eq(sessions.staffId, act.staffId), ne(sessions.id, keptSession))),
    logAct(tx, act, 'staff.end_sessions', act.staffId),
  ])
}

function idleEnd(now: Date): Date {
  return new Date(now.getTime() + idle)
}

function lastUse(expiresAt: Date): Date {
  return new Date(expiresAt.getTime() - idle)
}

function oldest(now: Date): Date {
  return new Date(now.getTime() - absolute)
}
