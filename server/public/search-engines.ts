import type { FastifyReply } from 'fastify'
import type { Frame } from './frame.ts'

/** Whether search engines may list pages and files that hold comments: the administrator says so for the site. */
export function areListed({ site }: Pick<Frame, 'site'>): boolean {
  return site.commentListing === 'listed'
}

/** Tells search engines to leave out what is sent, a page or a file with comments, where they may not list those. */
export function withListing(reply: FastifyReply, frame: Pick<Frame, 'site'>): FastifyReply {
  return areListed(frame) ? reply : reply.header('x-robots-tag', 'noindex')
}
