import { setCalendarDay } from '../../../db/queries/consultations/calendar.ts'
import { mark } from '../../../db/queries/faults.ts'
import { saveSiteFacts } from '../../../db/queries/settings.ts'
import { storedActivation } from '../../../db/queries/staff/activation.ts'
import { renewRecoveryCodes } from '../../../db/queries/staff/credentials.ts'
import { takeAttempt } from '../../../db/queries/staff/second-factor-attempts.ts'
import { beginSession } from '../../../db/queries/staff/sessions.ts'
import { recordFailure } from '../../../db/queries/staff/sign-in-failures.ts'
import { inviteStaff } from '../../../db/queries/staff/staff-accounts.ts'
import { takeLease } from '../../../db/queries/upkeep/leases.ts'
import { siteDefaults } from '../../../server/rules/site.ts'
import { everywhere } from '../../../server/rules/staff/roles.ts'
import { type Filling, idOf } from './filling.ts'

/** What the administrator sets, and what an account leaves behind that signs in. */
export async function actAsAdministrators(filling: Filling): Promise<void> {
  const { db, seals, now } = filling.deps
  const [admin, auditor] = [idOf(filling, 'admin'), idOf(filling, 'auditor')]
  const act = { staffId: admin, now: now() }
  await saveSiteFacts(db, { ...siteDefaults, sponsor: '某省人民政府' }, act)
  await setCalendarDay(db, '2027-02-20', 'workday', act)
  const invited = { name: '未启用的人', grant: { role: 'drafter', consultationId: everywhere } } as const
  await inviteStaff(db, invited, storedActivation(seals, '7K3M9-QXD4T', now()), act)
  await renewRecoveryCodes(db, [seals.hash('recovery code', `${auditor}\0AAAAA-AAAAA`)], {
    staffId: auditor,
    now: now(),
  })
  const failure = { nameHash: seals.hash('sign-in name', '没有的人'), staffId: null, isLastCode: false }
  await recordFailure(db, failure, now())
  await takeAttempt(db, auditor, 0)
  const session = { id: seals.hash('session', 'a browser'), staffId: auditor, agent: '浏览器', data: '{}' }
  await beginSession(db, session, now())
  const until = new Date(now().getTime() + 10_000)
  await mark(db, { work: 'bulks', subject: 'a bulk that is gone', cause: null, error: 'DamagedJson' }, now())
  await takeLease(db, { name: 'following', holder: 'the node that filled it', until }, null, {
    now: now(),
    farthest: until,
  })
}
