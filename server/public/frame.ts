import type { FastifyRequest } from 'fastify'
import { siteFacts } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { en } from '../locales/en.ts'
import { type Texts, zh } from '../locales/zh.ts'
import { type Display, readDisplay, withDisplay } from '../rules/display.ts'
import type { SiteFacts } from '../rules/site.ts'

/** What every public page is given besides its own content. */
export interface Frame {
  t: Texts
  /** The language of the interface, as HTML names it; the draft's own text is always zh-CN. */
  lang: string
  site: SiteFacts
  display: Display
  /** A path of the site, in the language and display of this page. */
  href: (path: string) => string
  /** Where citizens reach the site, without a trailing slash. */
  origin: string
  domain: string
  /** This page in the other display; null for an answer to a post, which has no address of its own. */
  switches: { lang: string; text: string; contrast: string } | null
}

/** The frame of a page for this request. @param own the parameters that the page itself takes */
export async function frameOf(
  request: FastifyRequest,
  { db, config }: Dependencies,
  own: string[] = [],
): Promise<Frame> {
  const display = readDisplay(request.query)
  const origin = config.publicUrl ?? `${request.protocol}://${request.host}`
  return {
    t: display.lang === 'en' ? en : zh,
    lang: display.lang === 'en' ? 'en' : 'zh-CN',
    site: await siteFacts(db),
    display,
    href: (path) => withDisplay(path, display),
    origin,
    get domain() {
      return URL.canParse(origin) ? new URL(origin).hostname : ''
    },
    get switches() {
      return request.method === 'POST' ? null : switchesOf(request, display, own)
    },
  }
}

/** What a kept page's frame follows from. */
export function frameKey({ display, site, origin }: Frame): unknown[] {
  return [display, site, origin]
}

function switchesOf(request: FastifyRequest, display: Display, own: string[]): Frame['switches'] {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  const kept = new URLSearchParams([...searchParams].filter(([name]) => own.includes(name)))
  const page = kept.size > 0 ? `${pathname}?${kept}` : pathname
  return {
    lang: withDisplay(page, { ...display, lang: display.lang === 'en' ? 'zh' : 'en' }),
    text: withDisplay(page, { ...display, text: display.text ? null : 'large' }),
    contrast: withDisplay(page, { ...display, contrast: display.contrast ? null : 'high' }),
  }
}
