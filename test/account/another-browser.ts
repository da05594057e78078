import type { TestPortal } from '../build.ts'
import { codeOf, password, StaffBrowser, type TestMember } from '../staff.ts'

/** Another browser, in which a member signs in on the page: by their password and authenticator unless others are typed. */
export async function anotherBrowser(
  portal: TestPortal,
  member: TestMember,
  secret = password,
  factor = codeOf(member, portal.clock.now),
  headers: Record<string, string> = {},
) {
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/sign-in', headers)
  const form = { name: member.name, password: secret, code: factor }
  const response = await browser.post('/staff/sign-in', form, headers)
  return { browser, status: response.statusCode, headers: response.headers }
}

/** A minute later the authenticator shows another code. */
export function aMinuteLater({ clock }: TestPortal): void {
  clock.now = new Date(clock.now.getTime() + 60_000)
}
