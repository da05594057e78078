import { briefMaking } from '../../../server/jobs/briefs/briefs.ts'
import type { TestPortal } from '../../build.ts'
import { doSome } from '../../jobs/doing.ts'
import type { SignedIn } from '../../staff.ts'

export const briefAddress = '/office/shanxi-laoqu/brief'

/** Asks for the brief as of a day, makes it, and reads its page. */
export async function madeBrief(
  portal: TestPortal,
  drafter: SignedIn,
  day: string,
  part = '',
): Promise<string> {
  await drafter.get(briefAddress)
  const asked = await drafter.post(briefAddress, { day })
  if (asked.statusCode !== 303) throw new Error(`asking was answered with ${asked.statusCode}`)
  const kind = briefMaking()
  while ((await doSome(portal.deps, kind)) > 0);
  return (await drafter.get(`${briefAddress}?day=${day}${part}`)).body
}
