import { eq, isNull } from 'drizzle-orm'
import { addProcedureFile, removeProcedureFile } from '../../db/queries/outcomes/procedure-files.ts'
import { whatHolds } from '../../db/queries/retractions/held-words.ts'
import { retract } from '../../db/queries/retractions/retractions.ts'
import { revokeRole } from '../../db/queries/staff/staff-accounts.ts'
import { procedureFiles, staffRoles } from '../../db/schema/index.ts'
import { FileStore } from '../../server/documents/files/file-store.ts'

import type { Act, Around } from './around.ts'

/** What administrators and the office do besides: roles, files, hiding at once. */
export function officeActs(around: Around): Record<string, Act> {
  const { db, seals, config, consultation, consultationId, one, by, chance, next } = around

  return {
    revoke: async () => {
      const [row] = await db.query.select().from(staffRoles).where(eq(staffRoles.role, 'drafter')).limit(1)
      if (row)
        await revokeRole(db, row.staffId, { role: 'drafter', consultationId: row.consultationId }, by(one))
    },
    addFile: async () => {
      const id = `random-file-${next()}`
      const kept = await new FileStore(config.dataDir, 'procedure').write(Buffer.from(id), id)
      await addProcedureFile(db, { id, consultationId, stepId: null, name: '依据.pdf', ...kept }, by(one))
    },
    removeFile: async () => {
      const [row] = await db.query.select().from(procedureFiles).where(isNull(procedureFiles.stepId)).limit(1)
      if (row) await removeProcedureFile(db, consultationId, row.id, by(one))
    },
    retract: async () => {
      if (chance(10) > 0) return
      const held = await whatHolds(db, seals, consultation, '旧词')
      if (held.comments.length + held.texts.length === 0) return
      await retract(db, seals, consultation, { words: '旧词', cause: 'personal', ...held }, by(one))
    },
  }
}
