import { randomBytes } from 'node:crypto'
import { addStaff } from '../../db/queries/staff/staff.ts'
import { hashPassword } from '../credentials/passwords.ts'
import { newTotpSecret, otpauthUrl } from '../credentials/second-factor.ts'
import type { Dependencies } from '../dependencies.ts'
import { everywhere, type Role } from '../rules/staff/roles.ts'

export interface DemonstrationAccount {
  id: string
  name: string
  role: Role
  password: string
  otpauth: string
}

/** Who is in it. */
export const people: [string, Role][] = [
  ['审核员甲', 'moderator'],
  ['审核员乙', 'moderator'],
  ['审核员丙', 'moderator'],
  ['起草员', 'drafter'],
  ['审批人', 'approver'],
  ['责任单位经办人', 'department'],
  ['审计员', 'auditor'],
  ['管理员', 'admin'],
]

/** Three moderators and one of each other role, with random passwords that are known only to whoever reads them now. */
export async function addDemonstrationStaff({
  db,
  seals,
  now,
}: Dependencies): Promise<DemonstrationAccount[]> {
  const accounts: DemonstrationAccount[] = []
  for (const [name, role] of people) {
    const password = randomBytes(12).toString('base64url')
    const totpSecret = newTotpSecret()
    const grants = [{ role, consultationId: everywhere }]
    const id = await addStaff(
      db,
      seals,
      { name, passwordHash: await hashPassword(password), totpSecret, grants },
      { staffId: null, now: now() },
    )
    accounts.push({ id, name, role, password, otpauth: otpauthUrl(name, totpSecret) })
  }
  return accounts
}
