import { readFileSync } from 'node:fs'
import { readDocument } from '../../../server/documents/reading/read-document.ts'

/** Run as a process of its own: prints by how many bytes the peak of memory rises while the file named is read. */
const [warmUp = '', file = ''] = process.argv.slice(2)
const read = async (path: string) => {
  await readDocument({ filename: path, bytes: readFileSync(path) }).catch(() => {})
}
await read(warmUp)
const before = process.resourceUsage().maxRSS
await read(file)
process.stdout.write(String((process.resourceUsage().maxRSS - before) * 1024))
