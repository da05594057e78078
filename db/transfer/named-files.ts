import type { StoredRows } from './stored-rows.ts'

/** Where a row names a file that is kept under DATA_DIR, and in which folder that lies. */
const places = [
  { table: 'attachments', column: 'id', folder: 'attachments' },
  { table: 'procedure_files', column: 'id', folder: 'procedure' },
  { table: 'consultations', column: 'explanation_file', folder: 'explanations' },
  { table: 'department_replies', column: 'file_id', folder: 'replies' },
]

/** The paths of all files that rows speak of, by their table as it was at any version. */
export async function namedFiles(stored: Pick<StoredRows, 'tables' | 'rows'>): Promise<Set<string>> {
  const paths = new Set<string>()
  for (const { table, column, folder } of places) {
    const found = stored.tables.find(({ name, columns }) => name === table && columns.includes(column))
    if (!found) continue
    for await (const rows of stored.rows({ name: table, columns: [column] })) {
      for (const [value = null] of rows) if (value !== null) paths.add(`${folder}/${idIn(String(value))}`)
    }
  }
  return paths
}

/** An id, alone or in JSON with what is known of the file. */
function idIn(value: string): string {
  return value.startsWith('{') ? JSON.parse(value).id : value
}
