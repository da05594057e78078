import { expect } from 'vitest'
import type { SignedIn } from '../staff.ts'

/** A count on a page, and the list to which it leads. */
export interface CountedLink {
  href: string
  count: number
}

/** The counts on a page that are links to a list of comments: those whose label or words end in 「N 条」. */
export function countedComments(body: string): CountedLink[] {
  return [...body.matchAll(/<a\b([^>]*)href="([^"]*\/comments\?[^"]*)"([^>]*)>(.*?)<\/a>/gs)].flatMap(
    ([, before, href = '', behind, words = '']) => {
      const said = /aria-label="([^"]*)"/.exec(`${before}${behind}`)?.[1] ?? words.replace(/<[^>]*>/g, '')
      const count = /(\d+) ?条$/.exec(said.trim())?.[1]
      return count === undefined ? [] : [{ href: href.replaceAll('&amp;', '&'), count: Number(count) }]
    },
  )
}

/** Follows each link to the list of the office's comments, which must say and have exactly so many. */
export async function expectExact(who: SignedIn, links: CountedLink[]): Promise<void> {
  for (const { href, count } of links) {
    const { statusCode, body } = await who.get(href)
    expect(statusCode, href).toBe(200)
    expect(/符合条件的意见 <strong>(\d+)<\/strong>/.exec(body)?.[1], href).toBe(String(count))
  }
}
