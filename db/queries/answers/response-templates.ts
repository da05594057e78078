import { and, asc, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { orTaken } from '../../refused.ts'
import { responseTemplates } from '../../schema/index.ts'
import { keepRemoval, keepVersion, type Versioned } from '../versions/office-versions.ts'

/** A reason that is often given, under a name by which staff find it. */
export interface ResponseTemplate {
  id: string
  name: string
  outcome: string
  reason: string
}

export function responseTemplatesOf(db: Database, consultationId: string): Promise<ResponseTemplate[]> {
  const { id, name, outcome, reason } = responseTemplates
  return db.query
    .select({ id, name, outcome, reason })
    .from(responseTemplates)
    .where(eq(responseTemplates.consultationId, consultationId))
    .orderBy(asc(name))
}

/** @throws Refused where the consultation has a template of this name */
export async function addResponseTemplate(
  db: Database,
  consultationId: string,
  template: Omit<ResponseTemplate, 'id'>,
  act: Act,
): Promise<void> {
  const id = uuid()
  await db.atomically((tx) => [
    must(
      'taken',
      tx
        .insert(responseTemplates)
        .values({ id, consultationId, ...template })
        .onConflictDoNothing()
        .returning({ id: responseTemplates.id }),
    ),
    ...keepVersion(tx, versioned(consultationId, id), { opened: 0, said: template }, act),
    logAct(tx, act, 'template.add', id),
  ])
}

/**
 * Answers drafted with it keep their words.
 * @param template with the revision that is changed
 * @throws Refused where it is not there, or somebody has changed it since, or another has this name
 */
export async function changeResponseTemplate(
  db: Database,
  consultationId: string,
  { id, revision, ...template }: ResponseTemplate & { revision: number },
  act: Act,
): Promise<void> {
  await db
    .atomically((tx) => [
      must(
        'gone',
        tx
          .update(responseTemplates)
          .set(template)
          .where(and(eq(responseTemplates.id, id), eq(responseTemplates.consultationId, consultationId)))
          .returning({ id: responseTemplates.id }),
      ),
      ...keepVersion(tx, versioned(consultationId, id), { opened: revision, said: template }, act),
      logAct(tx, act, 'template.change', id, { revision: revision + 1 }),
    ])
    .catch(orTaken)
}

/** @throws Refused where it is not there */
export async function removeResponseTemplate(
  db: Database,
  consultationId: string,
  id: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .delete(responseTemplates)
        .where(and(eq(responseTemplates.id, id), eq(responseTemplates.consultationId, consultationId)))
        .returning({ id: responseTemplates.id }),
    ),
    keepRemoval(tx, versioned(consultationId, id), act),
    logAct(tx, act, 'template.remove', id),
  ])
}

function versioned(consultationId: string, row: string): Versioned {
  return { consultationId, kind: 'template', row }
}
