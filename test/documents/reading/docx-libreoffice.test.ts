import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDocument } from '../../../server/documents/reading/read-document.ts'
import { proveCompleteness } from '../../../server/text/repairing/completeness.ts'
import { compact } from '../../text/outlining/compact.ts'

/*
 * Word files written by LibreOffice 7.4, each with its expected outline; where there is a .txt beside it, that is the
 * text, numbers included, which LibreOffice itself makes of the file.
 */
const folder = join(import.meta.dirname, '../../fixtures/documents')
const names = readdirSync(folder).filter((name) => name.endsWith('.docx'))

describe.each(names)('%s', (name) => {
  const file = join(folder, name)
  const beside = (ending: string) => file.replace(/\.docx$/, ending)

  test('is read as the expected outline', async () => {
    const { draft, source } = await readDocument({ filename: name, bytes: readFileSync(file) })
    expect(compact(draft)).toBe(readFileSync(beside('.expected'), 'utf8'))
    expect(proveCompleteness(source, draft).holds).toBe(true)
  })

  test.runIf(existsSync(beside('.txt')))('has the numbers that LibreOffice computes', async () => {
    const { source } = await readDocument({ filename: name, bytes: readFileSync(file) })
    const lines = (text: string) =>
      text
        .split(/[\n\t\u2028]/)
        .map((line) => line.replace(/\s/g, ''))
        .filter(Boolean)
    expect(lines(source)).toEqual(lines(readFileSync(beside('.txt'), 'utf8')))
  })
})
