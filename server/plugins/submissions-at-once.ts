import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { PageError } from './page-error.ts'

/** In seconds; so many submissions are stored in far less. */
const comeBackIn = 10

/**
 * Works on so many submissions at once and no more, so that whoever reads is not kept waiting by those who send. One is
 * counted from the moment when all of it has come until its answer is made: who sends or reads slowly takes nobody's
 * place.
 */
export const submissionsAtOnce = plugin(async (app, { most }: { most: number }) => {
  const inWork = new Set<FastifyRequest>()
  app.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.config?.limit !== 'submission') return
    if (inWork.size >= most) {
      reply.header('retry-after', comeBackIn)
      throw busy()
    }
    inWork.add(request)
  })
  app.addHook('onSend', async (request) => {
    inWork.delete(request)
  })
  app.addHook('onResponse', async (request) => {
    inWork.delete(request)
  })
})

const busy = () =>
  new PageError(
    503,
    'busy',
    '现在提交意见的人很多',
    `这次还没有提交成功。请等 ${comeBackIn} 秒，再提交一次；您填写的内容没有丢失。`,
  )
