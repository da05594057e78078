import { posix } from 'node:path'
import { UnreadableDocument } from './unreadable-document.ts'
import { childrenOf, readXmlTree } from './xml-tree.ts'
import type { ZipArchive } from './zip-archive.ts'

/** What one part of an Office file says of another (ECMA-376 part 2, 9.3). */
export interface Relation {
  id: string
  /** The last word of the relationship type's URI. */
  type: string
  target: string
  external: boolean
}

/** The relations of a part, or of the whole file where `part` is empty. */
export async function relationsOf(archive: ZipArchive, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part)
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  if (!archive.has(name)) return []
  const tree = await readXmlTree(archive.read(name), new Set(['x:Relationships', 'x:Relationship']))
  return childrenOf(tree, 'x:Relationship').map(
    ({ attributes: { Id = '', Type = '', Target = '', TargetMode } }) => ({
      id: Id,
      type: Type.slice(Type.lastIndexOf('/') + 1),
      target: TargetMode === 'External' ? Target : resolve(folder, Target),
      external: TargetMode === 'External',
    }),
  )
}

function resolve(folder: string, target: string): string {
  const path = posix.normalize(target.startsWith('/') ? target.slice(1) : posix.join(folder, target))
  if (path.startsWith('..')) throw new UnreadableDocument('文件引用了不允许的路径，未予读取。')
  return path
}
