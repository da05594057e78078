import { relationsOf } from './relations.ts'
import type { ZipArchive } from './zip-archive.ts'

/** The parts of a Word file that are read, by what they are to its main part; and what it refers to elsewhere. */
export interface DocxParts {
  main: string
  styles: string | null
  numbering: string | null
  footnotes: string | null
  endnotes: string | null
  margins: string[]
  hasMacros: boolean
  /** References to outside the file, links to web pages not counted. */
  external: number
}

/** Whether a zip file says that its main part is a Word document. */
export async function mainPart(archive: ZipArchive): Promise<string | null> {
  const relations = await relationsOf(archive, '')
  const main = relations.find(({ type }) => type === 'officeDocument')?.target ?? null
  return main && /^word\//.test(main) && archive.has(main) ? main : null
}

/** Finds the parts that belong to the main one. */
export async function findParts(archive: ZipArchive, main: string): Promise<DocxParts> {
  const relations = await relationsOf(archive, main)
  const inside = relations.filter(({ external }) => !external)
  const one = (type: string) => {
    const target = inside.find((relation) => relation.type === type)?.target ?? null
    return target !== null && archive.has(target) ? target : null
  }
  return {
    main,
    styles: one('styles'),
    numbering: one('numbering'),
    footnotes: one('footnotes'),
    endnotes: one('endnotes'),
    margins: inside
      .filter(({ type, target }) => (type === 'header' || type === 'footer') && archive.has(target))
      .map(({ target }) => target),
    hasMacros: inside.some(({ type }) => type === 'vbaProject'),
    external: relations.filter(({ external, type }) => external && type !== 'hyperlink').length,
  }
}
