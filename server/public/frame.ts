import type { FastifyRequest } from 'fastify'
import { siteFacts } from '../../db/queries/site.ts'
import type { Dependencies } from '../dependencies.ts'
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
  /** This page in the other display; null for an answer to a post, which has no address of its own. */
  switches: { lang: string; text: string; contrast: string } | null
}

/** The frame of a page for this request. */
export async function frameOf(request: FastifyRequest, { db }: Dependencies): Promise<Frame> {
  const display = readDisplay(request.query)
  return {
    t: zh,
    lang: 'zh-CN',
    site: await siteFacts(db),
    display,
    href: (path) => withDisplay(path, display),
    switches: request.method === 'GET' ? switchesOf(request, display) : null,
  }
}

function switchesOf(request: FastifyRequest, display: Display): Frame['switches'] {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  for (const name of ['lang', 'text', 'contrast']) searchParams.delete(name)
  const page = searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname
  return {
    lang: withDisplay(page, { ...display, lang: display.lang === 'en' ? 'zh' : 'en' }),
    text: withDisplay(page, { ...display, text: display.text ? null : 'large' }),
    contrast: withDisplay(page, { ...display, contrast: display.contrast ? null : 'high' }),
  }
}
