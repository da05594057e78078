import { type Grant, mayEnter, workspaces } from '../rules/staff/roles.ts'

/** Where work begins for somebody with these roles: the first workspace that they may open, else their account. */
export function startPage(grants: readonly Grant[]): string {
  return workspaces.find(({ key }) => mayEnter(grants, key, 'read'))?.path ?? '/staff/account'
}
