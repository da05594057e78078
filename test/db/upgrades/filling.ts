import { asc, eq } from 'drizzle-orm'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type CommentToJudge, commentToJudge } from '../../../db/queries/moderation/comment-to-judge.ts'
import { comments } from '../../../db/schema/index.ts'
import type { Receipt } from '../../../db/sealing/receipt-secrets.ts'
import type { DemonstrationAccount } from '../../../server/demonstration/staff.ts'
import type { Dependencies } from '../../../server/dependencies.ts'
import type { Role } from '../../../server/rules/staff/roles.ts'

/** A portal with the demonstration in it, which is filled further until no table is empty. */
export interface Filling {
  deps: Dependencies
  consultation: Consultation
  accounts: DemonstrationAccount[]
  /** Every receipt that was given out, for its code: the database holds only hashes. */
  receipts: Pick<Receipt, 'number' | 'code'>[]
}

/** Who acts in a role, the first of them unless told otherwise. */
export function idOf({ accounts }: Filling, role: Role, place = 0): string {
  const account = accounts.filter((one) => one.role === role)[place]
  if (!account) throw new Error(`the demonstration has no ${role}`)
  return account.id
}

/** The comments of the demonstration that are in a state, in the order in which they came. */
export async function commentsIn({ deps, consultation }: Filling, state: string): Promise<CommentToJudge[]> {
  const rows = await deps.db.query
    .select({ publicId: comments.publicId, of: comments.consultationId })
    .from(comments)
    .where(eq(comments.state, state))
    .orderBy(asc(comments.number))
  const ours = rows.filter(({ of }) => of === consultation.id)
  const found = await Promise.all(ours.map(({ publicId }) => commentToJudge(deps.db, publicId)))
  return found.filter((comment) => comment !== null)
}

/** The first of a list. @throws Error where it is empty */
export function first<Item>([item]: Item[]): Item {
  if (item === undefined) throw new Error('there is none')
  return item
}
