import { type Field, unjudged } from '../fields.ts'
import { form } from '../form.ts'

/** 撤销期, in seconds: for so long a decision can be taken back before it takes effect. 0: there is none. */
export const defaultGrace = 30
const longestGrace = 600

const seconds: Field<string, number> = {
  ...unjudged(),
  given: String,
  problem: (typed) =>
    /^\d{1,3}$/.test(typed) && Number(typed) <= longestGrace
      ? null
      : `撤销期请填写 0 到 ${longestGrace} 之间的秒数，0 就是没有撤销期`,
  value: Number,
}

/** For how long decisions can be taken back. */
export const graceForm = form({ seconds })
