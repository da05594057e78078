import { posix } from 'node:path'
import { UnreadableDocument } from './unreadable-document.ts'
import { childrenOf, readXmlTree } from './xml-tree.ts'
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

interface Relation {
  /** The last word of the relationship type's URI. */
  type: string
  target: string
  external: boolean
}

async function relationsOf(archive: ZipArchive, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part)
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  if (!archive.has(name)) return []
  const tree = await readXmlTree(archive.read(name), new Set(['x:Relationships', 'x:Relationship']))
  return childrenOf(tree, 'x:Relationship').map(({ attributes: { Type = '', Target = '', TargetMode } }) => ({
    type: Type.slice(Type.lastIndexOf('/') + 1),
    target: TargetMode === 'External' ? Target : resolve(folder, Target),
    external: TargetMode === 'External',
  }))
}

function resolve(folder: string, target: string): string {
  const path = posix.normalize(target.startsWith('/') ? target.slice(1) : posix.join(folder, target))
  if (path.startsWith('..')) throw new UnreadableDocument('文件引用了不允许的路径，未予读取。')
  return path
}
