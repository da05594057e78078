import formbody from '@fastify/formbody'
import plugin from 'fastify-plugin'
import qs from 'qs'

/** Reads form posts; `comments[0][body]` becomes nested objects. More than 100 places in a list is no form of ours. */
export const forms = plugin(async (app) => {
  app.removeContentTypeParser('text/plain')
  await app.register(formbody, { parser: readFields })
})

/** The fields of a form as it is sent without files. */
export function readFields(text: string): Record<string, unknown> {
  return qs.parse(text, { arrayLimit: 100, depth: 4, parameterLimit: 2000 }) as Record<string, unknown>
}
