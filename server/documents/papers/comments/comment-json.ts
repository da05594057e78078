import { Readable } from 'node:stream'
import type { Cell } from '../../formats/cells.ts'
import type { PaperRequest } from '../paper-request.ts'
import { allComments } from './comment-files.ts'

/**
 * A consultation's comments in document order as JSON: `{ consultation, title, scope, comments: [{ … }] }`, each with the
 * CSV's identifiers as its properties and instants in ISO 8601.
 */
export async function commentsJson(request: PaperRequest): Promise<Readable> {
  const { consultation, scope } = request
  const { columns, rows } = allComments({ ...request, header: 'en' })
  const facts = { consultation: consultation.slug, title: consultation.title, scope }
  const keys = columns.map((column) => column.header)
  return Readable.from(jsonList(facts, 'comments', rowObjects(keys, rows)), { objectMode: false })
}

/** Each row with the keys as its properties. */
export async function* rowObjects(keys: string[], rows: AsyncIterable<Cell[]> | Iterable<Cell[]>) {
  for await (const row of rows) yield Object.fromEntries(keys.map((key, i) => [key, row[i] ?? null]))
}

/** The facts with a list of any length as their last property, a line each. */
export async function* jsonList(
  facts: Record<string, unknown>,
  name: string,
  items: AsyncIterable<unknown>,
): AsyncGenerator<string> {
  let text = `${JSON.stringify(facts).slice(0, -1)},${JSON.stringify(name)}:[`
  let separator = '\n'
  for await (const item of items) {
    text += separator + JSON.stringify(item)
    separator = ',\n'
    if (text.length < 64 * 1024) continue
    yield text
    text = ''
  }
  yield `${text}\n]}\n`
}
