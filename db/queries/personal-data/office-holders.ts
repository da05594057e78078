import { and, asc, eq } from 'drizzle-orm'
import { maskedName } from '../../../server/rules/comments/masked-name.ts'
import type { OfficeHolder } from '../../../server/rules/personal-data/office-holder-form.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { officeHolders } from '../../schema/index.ts'

/** Who holds a public office in a consultation's eyes, by name. */
export function officeHoldersOf(db: Database, consultationId: string): Promise<OfficeHolder[]> {
  const { name, office } = officeHolders
  return db.query
    .select({ name, office })
    .from(officeHolders)
    .where(eq(officeHolders.consultationId, consultationId))
    .orderBy(asc(name))
}

/** Puts persons on the list; the office of one who is on it already is changed. */
export async function addOfficeHolders(
  db: Database,
  consultationId: string,
  holders: OfficeHolder[],
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    ...holders.map(({ name, office }) =>
      tx
        .insert(officeHolders)
        .values({ consultationId, name, office })
        .onConflictDoUpdate({ target: [officeHolders.consultationId, officeHolders.name], set: { office } }),
    ),
    logAct(tx, act, 'office_holders.add', consultationId, { holders: holders.map(said) }),
  ])
}

/** The log keeps what it is told for ever, also of somebody who was put on the list by mistake. */
function said({ name, office }: OfficeHolder): string {
  return [maskedName(name), office].filter(Boolean).join(' ')
}

/** @throws Refused where they are not on it */
export async function removeOfficeHolder(
  db: Database,
  consultationId: string,
  name: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'gone',
      tx
        .delete(officeHolders)
        .where(and(eq(officeHolders.consultationId, consultationId), eq(officeHolders.name, name)))
        .returning({ name: officeHolders.name }),
    ),
    logAct(tx, act, 'office_holders.remove', consultationId, { holders: [maskedName(name)] }),
  ])
}
