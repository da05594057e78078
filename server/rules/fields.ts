import { type Day, isDay } from './days.ts'
import { isUnstorable, typedText, typedTick, typedTicks } from './typed.ts'

/**
 * One field of a form.
 * @template Typed what stands in the form: text, or whether a box is ticked
 * @template Value what is kept of it
 */
export interface Field<Typed, Value> {
  blank: Typed
  /** What was typed, whatever came. */
  typed(form: unknown, name: string): Typed
  /** What stands in the form for a kept value. */
  given(value: Value): Typed
  /** What keeps it from being taken, for the person who typed it; null where nothing does. */
  problem(typed: Typed, says: Sentences): string | null
  /** What is kept, where there is no problem. */
  value(typed: Typed): Value
}

/** What is said of a text or a day, in the language of the page; `name` is what the field is called there. */
export interface Sentences {
  missing(name: string): string
  unstorable(name: string): string
  tooLong(name: string, most: number, length: number): string
  noDay(name: string): string
}

export const inChinese: Sentences = {
  missing: (name) => `请填写${name}`,
  unstorable: (name) => `${name}里有无法保存的字符（可能来自复制粘贴），请删去后重新输入`,
  tooLong: (name, most, length) => `${name}最多 ${most} 个字，现在是 ${length} 个字`,
  noDay: (name) => `${name}请按 2026-12-31 的样子填写`,
}

/** A text that has to be there. @param most how many characters it may have */
export function text({ name, most }: { name: string; most: number }): Field<string, string> {
  return {
    ...line,
    problem: (typed, says) => {
      if (typed === '') return says.missing(name)
      if (isUnstorable(typed)) return says.unstorable(name)
      const length = [...typed].length
      return length > most ? says.tooLong(name, most, length) : null
    },
    value: (typed) => typed,
  }
}

/** A calendar day. */
export function day({ name }: { name: string }): Field<string, Day> {
  return {
    ...line,
    problem: (typed, says) => {
      if (typed === '') return says.missing(name)
      return isDay(typed) ? null : says.noDay(name)
    },
    value: (typed) => typed,
  }
}

/** One of the keys of `names`. @param ask what is said where it is none */
export function choice<Key extends string>(
  names: Readonly<Record<Key, unknown>>,
  ask: string,
  blank: NoInfer<Key> | '' = '',
): Field<string, Key> {
  const isKey = (typed: string): typed is Key => Object.hasOwn(names, typed)
  return {
    ...line,
    blank,
    problem: (typed) => (isKey(typed) ? null : ask),
    value: (typed) => typed as Key,
  }
}

/** A box to tick. */
export function tick(): Field<boolean, boolean> {
  return {
    blank: false,
    typed: typedTick,
    given: (value) => value,
    problem: () => null,
    value: (typed) => typed,
  }
}

/** The same field where it may stay empty; null is kept then. */
export function optional<Value>(field: Field<string, Value>): Field<string, Value | null> {
  return {
    ...field,
    given: (value) => (value === null ? '' : field.given(value)),
    problem: (typed, says) => (typed === '' ? null : field.problem(typed, says)),
    value: (typed) => (typed === '' ? null : field.value(typed)),
  }
}

/** A text that no rule judges: what the page put into the form itself, or what only the database can tell. */
export function unjudged(): Field<string, string> {
  return { ...line, problem: () => null, value: (typed) => typed }
}

/** One of those that are known only now: clauses, say. @param ask what is said where it is none */
export function oneOf(known: { has(typed: string): boolean }, ask: string): Field<string, string> {
  return { ...unjudged(), problem: (typed) => (known.has(typed) ? null : ask) }
}

/** A text of one shape. @param ask what is said where it has another */
export function matching(shape: RegExp, ask: string): Field<string, string> {
  return oneOf({ has: (typed) => shape.test(typed) }, ask)
}

/** The same field where one sentence says whatever is wrong. */
export function asking<Typed, Value>(field: Field<Typed, Value>, ask: string): Field<Typed, Value> {
  return { ...field, problem: (typed, says) => field.problem(typed, says) && ask }
}

/** The same field where its blank is meant by whoever gives nothing. */
export function presumed<Value>(field: Field<string, Value>): Field<string, Value> {
  return { ...field, typed: (form, name) => field.typed(form, name) || field.blank }
}

/** The same text where it may stay empty, and is kept so. */
export function orEmpty(field: Field<string, string>): Field<string, string> {
  return { ...field, problem: (typed, says) => (typed === '' ? null : field.problem(typed, says)) }
}

/** Words or keys in one line, parted by blanks or marks, each once. @param mark what parts them where they are given back */
export function parted(field: Field<string, string>, mark = '、'): Field<string, string[]> {
  return { ...field, given: (value) => value.join(mark), value: partedWords }
}

export function partedWords(typed: string): string[] {
  return [...new Set(typed.split(/[\s,，、;；]+/).filter(Boolean))]
}

/** The boxes of one list that are ticked, of those that are known and in their order. @param ask what is said where none is */
export function ticks(known: readonly string[], ask: string): Field<string[], string[]> {
  const ticked = (typed: string[]) => known.filter((key) => typed.includes(key))
  return {
    blank: [],
    typed: typedTicks,
    given: (value) => value,
    problem: (typed) => (ticked(typed).length === 0 ? ask : null),
    value: ticked,
  }
}

/**
 * The revision that a form was opened with, which the page puts into it. Whoever sends none, or none that there could be,
 * has seen nothing of what was saved.
 */
export function revision(): Field<string, number> {
  return {
    ...line,
    blank: '0',
    given: String,
    problem: () => null,
    value: (typed) => (/^\d{1,9}$/.test(typed) ? Number(typed) : 0),
  }
}

const line = { blank: '', typed: typedText, given: (value: string) => value }
