import { and, eq, isNull, or, type SQL } from 'drizzle-orm'
import { must, type Query } from '../../atomically.ts'
import { departments } from '../../schema/index.ts'

/** Which department, and of which consultation. */
export interface DepartmentOf {
  consultationId: string
  departmentId: string
}

/**
 * The statement that refuses its list where the consultation has no such department, or it answers no more (结束办理): its staff
 * see nothing, so what came under it would wait for nobody. It holds the department's row, so that one that ends at the same
 * moment hands over what the list gives it.
 * @param kept the condition under which one that answers no more may stay, since it has the thing already
 */
export function departmentIsOpen(
  tx: Pick<Query, 'update'>,
  { consultationId, departmentId }: DepartmentOf,
  kept?: SQL,
) {
  return must(
    'closed',
    tx
      .update(departments)
      .set({ id: departmentId })
      .where(
        and(
          eq(departments.id, departmentId),
          eq(departments.consultationId, consultationId),
          or(isNull(departments.closedAt), kept),
        ),
      )
      .returning({ id: departments.id }),
  )
}
