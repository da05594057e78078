import { type Field, inChinese, type Sentences } from './fields.ts'
import type { FieldError } from './typed.ts'

type Fields = Readonly<Record<string, Field<unknown, unknown>>>
export type Typed<Of extends Fields> = { [Name in keyof Of]: Of[Name]['blank'] }
type Values<Of extends Fields> = {
  [Name in keyof Of & string as Camel<Name>]: ReturnType<Of[Name]['value']>
}
/** The same as a row of the database holds it, which knows a choice as text. */
type Kept<Of extends Fields> = { [Name in keyof Values<Of>]: Widened<Values<Of>[Name]> }
type Widened<Value> = Value extends string ? string : Value
type Camel<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name

/** What is wrong between fields: the name of the one that is to be put right, and how; null where nothing is. */
type Judge<Of extends Fields> = (typed: Typed<Of>, says: Sentences) => [keyof Of & string, string | null][]

/**
 * A form as the table of its fields, by their HTML names, in their order on the page. What is kept of `letter_number` is
 * called `letterNumber`.
 * @param judge what is wrong between fields
 * @param says in the language of the page
 */
export function form<const Of extends Fields>(
  fields: Of,
  judge: Judge<Of> = () => [],
  says: Sentences = inChinese,
) {
  const names = Object.keys(fields) as (keyof Of & string)[]
  const keptAs = names.map((name) => [name, camel(name)] as const)
  const table = <Result>(make: (field: Field<unknown, unknown>, name: keyof Of & string) => unknown) =>
    Object.fromEntries(
      names.map((name) => [name, make(fields[name] as Field<unknown, unknown>, name)]),
    ) as Result

  /** Everything that keeps what was typed from being taken, in the order of the page. */
  const errors = (typed: Typed<Of>): FieldError[] => {
    const between = new Map(judge(typed, says))
    return names.flatMap((field) => {
      const message = fields[field]?.problem(typed[field], says) ?? between.get(field) ?? null
      return message === null ? [] : [{ field, message }]
    })
  }
  const values = (typed: Typed<Of>) =>
    Object.fromEntries(keptAs.map(([name, kept]) => [kept, fields[name]?.value(typed[name])])) as Values<Of>

  const typed = (body: unknown) => table<Typed<Of>>((field, name) => field.typed(body, name))
  const read = (typed: Typed<Of>): Read<Values<Of>> => {
    const wrong = errors(typed)
    return wrong.length === 0 ? { values: values(typed), errors: [] } : { values: null, errors: wrong }
  }

  return {
    /** What stands in the form before anybody has typed. */
    blank: table<Typed<Of>>((field) => field.blank),
    /** What was typed, whatever came. */
    typed,
    /** The form as it stands for what is kept. */
    given: (kept: Kept<Of>) => table<Typed<Of>>((field, name) => field.given(Reflect.get(kept, camel(name)))),
    errors,
    read,
    /** What was typed, with what is kept of it or has to be put right. */
    sent(body: unknown) {
      const sent = typed(body)
      return { typed: sent, ...read(sent) }
    },
  }
}

/** What is kept of a form, or what has to be put right. */
export type Read<Kept> = { values: Kept; errors: [] } | { values: null; errors: FieldError[] }

/** What was typed into a form, as its page is given it. */
export type TypedIn<Form extends { blank: unknown }> = Form['blank']

/** What is kept of a form. */
export type ValuesIn<Form extends { read(typed: never): { values: unknown } }> = NonNullable<
  ReturnType<Form['read']>['values']
>

/** What is wrong with a form that is a part of another, by the names that its fields have there: `comments[0][body]`. */
export function within(part: string, errors: readonly FieldError[]): FieldError[] {
  return errors.map(({ field, message }) => ({ field: `${part}[${field}]`, message }))
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}
