const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** An answer of the portal, as `inject` gives it. */
export interface Answer {
  statusCode: number
  headers: Record<string, unknown>
  body: string
}

/** What an answer leads to: where it sends the browser, or the addresses that its page links. */
export function linkedFrom({ headers, body }: Answer): string[] {
  if (headers.location) return [String(headers.location)]
  if (!String(headers['content-type']).startsWith('text/html')) return []
  return Array.from(body.matchAll(/ (?:href|src)="([^"]+)"/g), ([, address = '']) =>
    address.replaceAll('&amp;', '&').replace(/#.*/, ''),
  )
}

/** The page of an address, whatever it is about, and the names of what it asks for. */
export function pageOf(address: string): { page: string; names: string[] } {
  const { pathname, searchParams } = new URL(address, 'http://x')
  const page = pathname.replace(uuids, '*').replace(/\/(r\d+)?p\d+\b/g, '/*')
  return { page, names: [...searchParams.keys()] }
}

/**
 * Says of each address whether it is to be looked at: of a page the first few, whatever each is about, and whichever asks
 * for something that none before it asked for.
 */
export function choosing(mostAlike: number): (address: string) => boolean {
  const asked = new Map<string, { count: number; names: string[] }>()
  return (address) => {
    const { page, names } = pageOf(address)
    const before = asked.get(page) ?? { count: 0, names: [] }
    const isChosen = before.count < mostAlike || names.some((name) => !before.names.includes(name))
    if (isChosen) asked.set(page, { count: before.count + 1, names: [...before.names, ...names] })
    return isChosen
  }
}

/** Follows every link from where it begins, and hands on each answer with its address. */
export async function follow<Given extends Answer>(
  begun: string[],
  get: (address: string) => PromiseLike<Given>,
  {
    isOurs,
    isChosen,
    look,
  }: {
    isOurs: (address: string) => boolean
    isChosen: (address: string) => boolean
    look: (address: string, answer: Given) => Promise<void> | void
  },
): Promise<void> {
  const ahead = [...begun]
  const known = new Set(ahead)
  for (let address = ahead.shift(); address !== undefined; address = ahead.shift()) {
    if (!isChosen(address)) continue
    const answer = await get(address)
    await look(address, answer)
    const further = new Set(linkedFrom(answer).filter((to) => isOurs(to) && !known.has(to)))
    for (const to of further) known.add(to)
    ahead.push(...further)
  }
}

const workspaces = ['/moderation', '/office', '/admin']

/** Whether an address is of one of the staff's workspaces. */
export function isStaffs(address: string): boolean {
  const [path = ''] = address.split('?', 1)
  return workspaces.some((start) => path === start || path.startsWith(`${start}/`))
}

/** Whether an address is of the citizens' site. */
export function isPublic(address: string): boolean {
  return address.startsWith('/') && !isStaffs(address) && !/^\/(static|staff)\b/.test(address)
}
