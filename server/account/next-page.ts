const nowhere = 'http://portal.invalid'

/** The staff page that a sign-in was asked for on the way to; null for any other address, above all one elsewhere. */
export function nextPage(typed: string): string | null {
  const url = URL.canParse(typed, nowhere) ? new URL(typed, nowhere) : null
  if (url?.origin !== nowhere || !/^\/(moderation|office|admin|staff)(\/|$)/.test(url.pathname)) return null
  return url.pathname + url.search
}
