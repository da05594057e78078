import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The path of a `file:` address, relative ones (`file:data/portal.db`) included; null for a server's address. */
export function sqliteFile(url: string): string | null {
  if (url.startsWith('file://')) return fileURLToPath(url)
  return url.startsWith('file:') ? resolve(url.slice('file:'.length)) : null
}
