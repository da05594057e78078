/** What may be given to a department: a concern, a point of a comment that was split, or a comment that is one point. */
export const assignmentKinds = { concern: '归并意见', point: '具体意见', comment: '意见' } as const
export type AssignmentKind = keyof typeof assignmentKinds

/** Which thing it is: a concern's or point's id, or a comment's public id. */
export interface AssignedThing {
  kind: AssignmentKind
  target: string
}

/** How far a department has come with what it was given. */
export const assignmentStates = { open: '待我答复', submitted: '待负责人确认', confirmed: '已答复' } as const
export type AssignmentState = keyof typeof assignmentStates

/** 会签: what a department says of a concern that it was asked to sign. */
export const positionNames = { agree: '同意', differ: '有不同意见', none: '无意见' } as const

/** What a department asks of the office. */
export const requestNames = { return: '退回', extension: '申请延期' } as const

/** A thing as it stands in addresses and tables: `point.0b6f…`. */
export function assignmentKey({ kind, target }: AssignedThing): string {
  return `${kind}.${target}`
}

/** The thing that such a key names; null where it names none. */
export function assignedThing(key: string): AssignedThing | null {
  const [, kind = '', target = ''] = /^(\w+)\.([\w-]{1,64})$/.exec(key) ?? []
  return Object.hasOwn(assignmentKinds, kind) ? { kind: kind as AssignmentKind, target } : null
}
