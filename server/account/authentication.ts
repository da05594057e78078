import { setTimeout } from 'node:timers/promises'
import {
  type Credentials,
  findCredentials,
  type SecondFactor,
  useSecondFactor,
} from '../../db/queries/staff/credentials.ts'
import { takeAttempt } from '../../db/queries/staff/second-factor-attempts.ts'
import { failuresOf, recordFailure } from '../../db/queries/staff/sign-in-failures.ts'
import { doneUnless } from '../../db/refused.ts'
import { isPassword } from '../credentials/passwords.ts'
import { recoveryHash } from '../credentials/recovery-codes.ts'
import { totpStep } from '../credentials/second-factor.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Confirmation } from '../rules/staff/account-forms.ts'
import { signInDelay } from '../rules/staff/sign-in-delay.ts'
import { isUnstorable } from '../rules/typed.ts'

/** After so many wrong codes behind the right password only a recovery code is taken, until one was right. */
const mostCodes = 10

/** In the same words for every cause, so that they tell nobody which names there are or which password is right. */
export const notRecognised = `姓名、密码或动态验证码不正确。验证码每 30 秒更换，每个只能用一次；请等它更换后再试。连续输错 ${mostCodes} 次后，请改用恢复码登录。`

/**
 * Whose name, password and fresh second factor these are. The factor is used up by it.
 * @returns the id of the member of staff; null otherwise, without saying what was wrong
 */
export async function authenticate(
  deps: Dependencies,
  name: string,
  { password, code }: Confirmation,
  purpose: 'staff.sign_in' | 'staff.confirm',
): Promise<string | null> {
  const { db, seals, now } = deps
  if (isUnstorable(name) || isUnstorable(password)) return null
  const nameHash = seals.hash('sign-in name', name)
  await setTimeout(signInDelay(await failuresOf(db, nameHash, now())))

  const account = await findCredentials(db, seals, name)
  const known = await isPassword(account?.passwordHash ?? null, password)
  const attempt =
    account && known && (await doneUnless('stale', takeAttempt(db, account.id, account.attempts)))
  const factor = account && attempt ? secondFactor(deps, account, code) : null
  if (account && factor) {
    const by = { staffId: account.id, now: now() }
    if (await doneUnless('stale', useSecondFactor(db, nameHash, factor, purpose, by))) return by.staffId
  }
  const isLastCode = attempt === true && account?.attempts === mostCodes - 1
  await recordFailure(db, { nameHash, staffId: account?.id ?? null, isLastCode }, now())
  return null
}

function secondFactor(
  { seals, now }: Dependencies,
  { id, totpSecret, attempts }: Credentials,
  typed: string,
): SecondFactor | null {
  const step = attempts < mostCodes ? totpStep(totpSecret, typed, now()) : null
  if (step !== null) return { totpStep: step }
  const hash = recoveryHash(seals, id, typed)
  return hash === null ? null : { recoveryHash: hash }
}
