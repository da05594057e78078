import type { TestPortal } from '../build.ts'
import { password, StaffBrowser } from '../staff.ts'

/** Opens an account with a code as its owner does, up to the authenticator's first code. */
export async function activateIn(portal: TestPortal, code: string, secret = password) {
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/activation')
  const first = await browser.post('/staff/activation', { code, new_password: secret, repeated: secret })
  const setup = /name="setup" value="([^"]+)"/.exec(first.body)?.[1] ?? ''
  const totpSecret = /class="secret">([^<]+)</.exec(first.body)?.[1]?.replaceAll(' ', '') ?? ''
  const finish = (typed: string) => browser.post('/staff/activation/authenticator', { setup, code: typed })
  return { browser, first, setup, totpSecret, finish }
}

/** The code on a page that shows it. */
export function codeIn(html: string): string {
  return /id="activation-code">([^<]+)</.exec(html)?.[1] ?? ''
}
