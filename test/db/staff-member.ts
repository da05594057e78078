import type { staff } from '../../db/schema/index.ts'

/** A row that refers to no other, for tests of the database itself. */
export function aMember(id: string, name = `职员${id}`): typeof staff.$inferInsert {
  return {
    id,
    name,
    passwordHash: 'hash',
    totpSecret: 'secret',
    createdAt: new Date(1234567890123),
    disabledAt: null,
  }
}
