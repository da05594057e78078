import type { FastifyRequest } from 'fastify'
import { siteFacts } from '../../db/queries/site.ts'
import type { Dependencies } from '../dependencies.ts'
import { type Texts, zh } from '../locales/zh.ts'
import type { SiteFacts } from '../rules/site.ts'

/** What every public page is given besides its own content. */
export interface Frame {
  t: Texts
  lang: string
  site: SiteFacts
}

/** The frame of a page for this request. */
export async function frameOf(_request: FastifyRequest, { db }: Dependencies): Promise<Frame> {
  return { t: zh, lang: 'zh-CN', site: await siteFacts(db) }
}
