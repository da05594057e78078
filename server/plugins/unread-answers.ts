import { finished } from 'node:stream'
import type { FastifyReply } from 'fastify'
import plugin from 'fastify-plugin'
import { PageError } from './page-error.ts'

/** In seconds. */
const comeBackIn = 10

/**
 * Bounds the memory in which answers to forms wait until whoever asked has read them. Each is made for one person, and a
 * form comes back several times as long as it was sent: somebody may ask for hundreds and read none. Pages that are kept
 * are the same bytes for everybody, and do not count.
 * @param most bytes
 */
export const unreadAnswers = plugin(async (app, { most }: { most: number }) => {
  const sizes = new Map<FastifyReply, number>()
  let unread = 0
  const forget = (reply: FastifyReply) => {
    unread -= sizes.get(reply) ?? 0
    sizes.delete(reply)
  }

  app.addHook('onRequest', async ({ method }, reply) => {
    if (method !== 'POST' || unread < most) return
    reply.header('retry-after', comeBackIn)
    throw crowded()
  })
  app.addHook('onSend', async ({ method }, reply, payload) => {
    if (method !== 'POST' || !(typeof payload === 'string' || Buffer.isBuffer(payload))) return
    forget(reply)
    const size = Buffer.byteLength(payload)
    unread += size
    sizes.set(reply, size)
    // Also where the connection ends before all of it is read, which Fastify tells nobody.
    finished(reply.raw, () => forget(reply))
  })
})

/** Without what was typed, which would wait to be read as well. */
const crowded = () =>
  new PageError(
    503,
    'crowded',
    '现在使用的人太多',
    `这次没有处理。请用浏览器的“返回”回到填写的页面，等 ${comeBackIn} 秒，再提交一次；您填写的内容还在那里。`,
  )
