import formbody from '@fastify/formbody'
import plugin from 'fastify-plugin'
import qs from 'qs'
import { PageError } from './page-error.ts'

/** Fields of a form at most. The form of a whole draft has five for each clause, and all but one of them mostly empty. */
export const mostFields = 2000
/** Fields at most in which something stands: 120 comments, sent in two submissions, have six each, 60 of a program nine. */
export const mostFilled = 900
const deepest = 4
/** Characters of one text at most: twelve times as long as a comment may be, so that one somewhat too long comes back with its form. */
export const longestText = 60_000
/**
 * Characters of all texts of a form at most: 60 comments as long as they may be, with what they quote. A page shows some
 * of them in six, and is held in memory until whoever asked has read it.
 */
export const longestForm = 700_000
/** Bytes of a field's name at most. */
export const longestName = 100

/**
 * Reads form posts, `comments[0][body]` as nested objects, and JSON. What is larger than any form of ours is refused here,
 * before anything is made of it.
 */
export const forms = plugin(async (app) => {
  app.removeContentTypeParser(['text/plain', 'application/json'])
  await app.register(formbody, { parser: readForm })
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) =>
    parse(request, text, (error, body) => {
      if (error) done(error)
      else if (filledIn(body) > mostFilled) done(tooManyFields())
      else done(hasLongText(body) ? tooLongText() : null, body)
    }),
  )
})

/** @throws PageError where it is larger than any form that comes without files */
function readForm(text: string): Record<string, unknown> {
  // Not even decoded: nine bytes write a character, of those that forms hold.
  if (text.split('&', mostFields).some(({ length }) => length > longestText * 9)) throw tooLongText()
  const fields = readFields(text)
  if (hasLongText(fields)) throw tooLongText()
  if (lengthOf(fields) > longestForm) throw tooManyFields()
  return fields
}

/** The fields of a form as it is sent without files. @throws PageError where there are more of them than any form has */
export function readFields(text: string): Record<string, unknown> {
  const fields = parsed(text)
  if (filledIn(fields) > mostFilled) throw tooManyFields()
  return fields
}

/** A list of more than 100 places becomes an object by its numbers; which of both it is makes no difference to a form. */
function parsed(text: string): Record<string, unknown> {
  const fields = text.split('&', mostFields + 1)
  if (fields.length > mostFields || fields.some(hasLongName)) throw tooManyFields()
  try {
    return qs.parse(text, {
      arrayLimit: 100,
      depth: deepest,
      strictDepth: true,
      parameterLimit: mostFields,
    }) as Record<string, unknown>
  } catch (error) {
    throw error instanceof RangeError ? tooManyFields() : error
  }
}

/** Brackets come percent-encoded, three bytes for one. */
function hasLongName(field: string): boolean {
  const end = field.indexOf('=')
  return (end < 0 ? field.length : end) > longestName * 3
}

function hasLongText(value: unknown): boolean {
  if (typeof value === 'string') return value.length > longestText
  return typeof value === 'object' && value !== null && Object.values(value).some(hasLongText)
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((length, one) => length + lengthOf(one), 0)
}

/** How many values stand in it; more than any form has where it is nested deeper than any. */
function filledIn(body: unknown, depth = 0): number {
  if (body === '') return 0
  if (typeof body !== 'object' || body === null) return 1
  if (depth > deepest) return Number.POSITIVE_INFINITY
  let filled = 0
  for (const value of Object.values(body)) {
    filled += filledIn(value, depth + 1)
    if (filled > mostFilled) break
  }
  return filled
}

const tooManyFields = () =>
  new PageError(
    422,
    'too_many_fields',
    '一次提交的内容太多',
    '请返回上一页，您填写的内容还在那里；删去一部分，分几次提交。',
  )

const tooLongText = () =>
  new PageError(
    422,
    'too_long_text',
    '有一处填写的文字太长',
    `请返回上一页，您填写的内容还在那里；一处最多 ${longestText / 10_000} 万字，请删减，或者分几次提交。`,
  )
