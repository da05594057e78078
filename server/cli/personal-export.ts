import type { Database } from '../../db/open.ts'
import { findMemberByName } from '../../db/queries/staff/staff.ts'
import { reasonProblem } from '../rules/papers/personal-paper-form.ts'
import { hasRole } from '../rules/staff/roles.ts'
import { CommandError } from './command-error.ts'
import type { ExportOptions } from './export.ts'

/**
 * Who takes a file away and why. Only one that names persons needs either: an approver of the consultation, and a reason.
 * @throws CommandError where the scope is `personal` and one of them is missing
 */
export async function personalExport(
  db: Database,
  consultationId: string,
  { scope, by, reason = '' }: Pick<ExportOptions, 'scope' | 'by' | 'reason'>,
): Promise<{ staffId: string | null; reason: string | null }> {
  if (scope !== 'personal') return { staffId: null, reason: null }
  const member = by ? await findMemberByName(db, by) : null
  if (!member || !hasRole(member.grants, ['approver'], consultationId)) {
    throw new CommandError('含个人信息的文件要用 --by 写明由谁取走，且须是本次征求意见的审批人员')
  }
  const problem = reasonProblem(reason.trim())
  if (problem) throw new CommandError(`--reason：${problem}`)
  return { staffId: member.id, reason: reason.trim() }
}
