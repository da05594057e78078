import { text, unjudged } from '../fields.ts'
import { form } from '../form.ts'

/** Somebody who holds a public office, and which. */
export interface OfficeHolder {
  name: string
  office: string
}

const most = 200

/** Persons to be put on the list: one a line, the name and then the office. */
export const officeHolderForm = form(
  { holders: text({ name: '姓名和职务', most: 5_000 }) },
  ({ holders }) => [['holders', problem(holders)]],
)

/** One to be taken off it. */
export const officeHolderRemoval = form({ name: unjudged() })

export function officeHoldersIn(typed: string): OfficeHolder[] {
  return linesOf(typed).map((line) => {
    const [name = '', ...office] = line.split(/[\s,，:：、]+/u)
    return { name, office: office.join(' ') }
  })
}

function linesOf(typed: string): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function problem(typed: string): string | null {
  const holders = officeHoldersIn(typed)
  if (holders.length > most) return `一次最多填 ${most} 位`
  const wrong = holders.find(({ name }) => !/^[\p{Script=Han}·]{2,15}$/u.test(name))
  return wrong ? `“${wrong.name}”不像姓名：每行一位，先写姓名，空一格再写职务` : null
}
