/** 角色: what a member of staff is for. */
export const roleNames = {
  moderator: '审核员',
  drafter: '起草人员',
  approver: '审批人员',
  department: '责任单位',
  auditor: '审计员',
  admin: '管理员',
} as const
export type Role = keyof typeof roleNames

/** Stands for every consultation. */
export const everywhere = '*'

/** A role, in one consultation or everywhere. */
export interface Grant {
  role: Role
  consultationId: string
}

/** The workspaces, with the roles that may open each. The auditor reads all of them and changes nothing. */
export const workspaces = [
  { key: 'moderation', path: '/moderation', name: '审核', roles: ['moderator', 'approver'] },
  { key: 'office', path: '/office', name: '起草', roles: ['drafter', 'approver', 'department'] },
  { key: 'admin', path: '/admin', name: '管理', roles: ['admin'] },
] as const satisfies { key: string; path: string; name: string; roles: readonly Role[] }[]
export type Workspace = (typeof workspaces)[number]['key']

export function isRole(value: string): value is Role {
  return Object.hasOwn(roleNames, value)
}

/** Accounts and audit concern the whole site; every other role is given for one consultation at a time. */
export function isSitewide(role: Role): boolean {
  return role === 'auditor' || role === 'admin'
}

/** Whether one of the grants opens the workspace, for reading or for changing. */
export function mayEnter(grants: readonly Grant[], workspace: Workspace, act: 'read' | 'change'): boolean {
  const roles: readonly Role[] = workspaces.find(({ key }) => key === workspace)?.roles ?? []
  return grants.some(({ role }) => roles.includes(role) || (role === 'auditor' && act === 'read'))
}

/** Whether one of the grants gives one of the roles in this consultation. */
export function hasRole(grants: readonly Grant[], roles: readonly Role[], consultationId: string): boolean {
  return grants.some(
    (grant) =>
      roles.includes(grant.role) &&
      (grant.consultationId === everywhere || grant.consultationId === consultationId),
  )
}
