import { createHash } from 'node:crypto'
import { Param, Placeholder, sql } from 'drizzle-orm'
import { is } from 'drizzle-orm/entity'
import type { Query, Statement } from './atomically.ts'
import { dialect } from './columns.ts'

/** What drizzle makes of a statement before it runs it. */
interface Prepared {
  getQuery(): { sql: string; params: unknown[]; method: string }
  /** On SQLite. */
  mapResult(result: unknown, isOfList: boolean): unknown
  /** On a server. */
  execute(values: Record<string, unknown>): Promise<unknown>
  params: unknown[]
}

/** A statement whose text is made, and what each of its parameters is of the values. */
interface Template {
  prepared: Prepared
  sql: string
  method: string
  params: ((values: Record<string, unknown>) => unknown)[]
}

/**
 * A statement of a hot list: drizzle makes it once and it is filled each time, since making one costs ten times what running
 * it does. On a server each connection has its own, which is parsed there once.
 * @param build may only put each value in its place: it is not called again for other values of the same names
 */
export function filled<Tx extends Partial<Query>, Values extends object, Built extends Statement>(
  build: (tx: Tx, values: Values) => Built,
): (tx: Tx, values: Values) => Built {
  const ofConnection = new WeakMap<object, Map<string, Template>>()
  const [templateOf, Filled] = dialect === 'postgres' ? [onServer, FilledOnServer] : [inFile, FilledInFile]
  return (tx, values) => {
    const connection = dialect === 'postgres' ? tx : build
    const templates = ofConnection.get(connection) ?? new Map<string, Template>()
    ofConnection.set(connection, templates)
    const given = values as Record<string, unknown>
    let shape = ''
    for (const name in given) if (given[name] !== undefined) shape += `${name},`
    let template = templates.get(shape)
    if (!template) {
      template = templateOf(build(tx, placeholders(shape.split(',').slice(0, -1))))
      templates.set(shape, template)
    }
    return new Filled(template, { ...given }) as unknown as Built
  }
}

function placeholders<Values>(names: string[]): Values {
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Values
}

function inFile(statement: Statement): Template {
  const prepared = (statement as unknown as { _prepare(): Prepared })._prepare()
  const { sql, params, method } = prepared.getQuery()
  return { prepared, sql, method, params: params.map(filling) }
}

function onServer(statement: Statement): Template {
  const made = statement as unknown as { toSQL(): { sql: string }; prepare(name: string): Prepared }
  const name = createHash('sha256').update(made.toSQL().sql).digest('base64url').slice(0, 22)
  const prepared = made.prepare(name)
  const { sql, params } = prepared.getQuery()
  // They come encoded.
  prepared.params = params.map((_, place) => new Placeholder(`${place}`))
  return { prepared, sql, method: '', params: params.map(filling) }
}

/** As drizzle fills placeholders, found out once. */
function filling(param: unknown): Template['params'][number] {
  if (is(param, Placeholder)) return (values) => values[param.name]
  if (!(is(param, Param) && is(param.value, Placeholder))) return () => param
  const { name } = param.value
  const { encoder } = param
  return (values) => {
    const value = values[name]
    return value === null ? null : encoder.mapToDriverValue(value)
  }
}

/** What `session.batch` asks of a statement. */
class FilledInFile {
  readonly #template: Template
  readonly #values: Record<string, unknown>

  constructor(template: Template, values: Record<string, unknown>) {
    this.#template = template
    this.#values = values
  }

  _prepare(): Pick<Prepared, 'getQuery' | 'mapResult'> {
    const { prepared, sql, method, params } = this.#template
    return {
      getQuery: () => ({ sql, method, params: params.map((param) => param(this.#values)) }),
      mapResult: (result, isOfList) => prepared.mapResult(result, isOfList),
    }
  }

  // biome-ignore lint/suspicious/noThenProperty: a statement is awaited by itself, and this one cannot be
  then(_done: unknown, refuse: (error: Error) => void): void {
    refuse(new Error('a statement of a hot list was awaited by itself'))
  }
}

class FilledOnServer {
  readonly #template: Template
  readonly #values: Record<string, unknown>

  constructor(template: Template, values: Record<string, unknown>) {
    this.#template = template
    this.#values = values
  }

  // biome-ignore lint/suspicious/noThenProperty: as every statement that drizzle makes
  then(done: (rows: unknown) => void, refuse: (error: Error) => void): void {
    const { prepared, params } = this.#template
    const encoded = params.map((param, place) => [place, param(this.#values)])
    prepared.execute(Object.fromEntries(encoded)).then(done, refuse)
  }
}
