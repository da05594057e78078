import { asc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { consultations, departmentReplies, procedureFiles } from '../../schema/index.ts'
import { everyAttachment } from '../submissions/attachments.ts'

/** A file that a row speaks of, with what it must hold. */
export interface KeptFile {
  folder: 'attachments' | 'procedure' | 'explanations' | 'replies'
  id: string
  sha256: string
  /** What it belongs to, by which staff find it; nothing personal. */
  of: string
}

/** Every file that must lie under DATA_DIR. */
export async function* everyKeptFile(db: Database): AsyncGenerator<KeptFile> {
  for await (const { id, sha256, receiptNumber } of everyAttachment(db, null)) {
    yield { folder: 'attachments', id, sha256, of: `回执 ${receiptNumber}` }
  }
  for (const { id, sha256, slug } of await filesOfProcedures(db)) {
    yield { folder: 'procedure', id, sha256, of: `程序台账 ${slug}` }
  }
  for (const { file, slug } of await explanationFiles(db)) {
    if (file) yield { folder: 'explanations', id: file.id, sha256: file.sha256, of: `起草说明 ${slug}` }
  }
  for (const { id, sha256, slug } of await lettersOfDepartments(db)) {
    if (id && sha256) yield { folder: 'replies', id, sha256, of: `责任单位来函 ${slug}` }
  }
}

function lettersOfDepartments(db: Database) {
  const { fileId: id, fileSha256: sha256, consultationId } = departmentReplies
  return db.query
    .select({ id, sha256, slug: consultations.slug })
    .from(departmentReplies)
    .innerJoin(consultations, eq(consultations.id, consultationId))
    .where(isNotNull(id))
    .orderBy(asc(id))
}

function filesOfProcedures(db: Database) {
  const { id, sha256, consultationId } = procedureFiles
  return db.query
    .select({ id, sha256, slug: consultations.slug })
    .from(procedureFiles)
    .innerJoin(consultations, eq(consultations.id, consultationId))
    .orderBy(asc(id))
}

function explanationFiles(db: Database) {
  const { explanationFile: file, slug } = consultations
  return db.query.select({ file, slug }).from(consultations).where(isNotNull(file)).orderBy(asc(slug))
}
