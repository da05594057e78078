import type { Recorded } from './recorded-writes.ts'

type Change = Extract<Recorded, { act: 'write' | 'truncate' }>

interface File {
  /** What is on the disk whatever happens. */
  synced: Buffer
  /** What the system holds and may or may not have written. */
  unsynced: Change[]
}

/** What of the unsynced is on the disk when the power goes. */
export type Left = 'nothing' | 'some'

/** A sector is written whole, or not at all; a page is not. */
const sector = 512

/** A disk that keeps what was synced, and of the rest what chance leaves. */
export class UnreliableDisk {
  readonly #files = new Map<string, File>()

  constructor(files: Record<string, Buffer>) {
    for (const [name, synced] of Object.entries(files)) this.#files.set(name, { synced, unsynced: [] })
  }

  take(done: Recorded): void {
    const file = this.#files.get(done.file) ?? { synced: Buffer.alloc(0), unsynced: [] }
    this.#files.set(done.file, file)
    if (done.act === 'write' || done.act === 'truncate') file.unsynced.push(done)
    if (done.act === 'remove') this.#files.delete(done.file)
    if (done.act !== 'sync') return
    file.synced = changed(file.synced, file.unsynced)
    file.unsynced = []
  }

  /** What each file holds when the power comes back. */
  afterCut(left: Left): Map<string, Buffer> {
    const held = [...this.#files].map(([name, { synced, unsynced }]) => {
      const kept = left === 'nothing' ? [] : unsynced.filter(() => Math.random() < 0.7).flatMap(torn)
      return [name, changed(synced, kept)] as const
    })
    return new Map(held)
  }
}

/** One of ten writes is torn: of its sectors any may be missing. */
function torn(change: Change): Change[] {
  if (change.act !== 'write' || Math.random() < 0.9) return [change]
  const { offset, bytes } = change
  const parts: Change[] = []
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + sector - ((offset + from) % sector))
    if (Math.random() < 0.5) parts.push({ ...change, offset: offset + from, bytes: bytes.subarray(from, to) })
    from = to
  }
  return parts
}

function changed(content: Buffer, changes: readonly Change[]): Buffer {
  const ends = changes.map((change) =>
    change.act === 'write' ? change.offset + change.bytes.length : change.size,
  )
  const next = Buffer.alloc(Math.max(content.length, ...ends))
  content.copy(next)
  let size = content.length
  for (const change of changes) {
    if (change.act === 'truncate') {
      next.fill(0, change.size)
      size = change.size
    } else {
      change.bytes.copy(next, change.offset)
      size = Math.max(size, change.offset + change.bytes.length)
    }
  }
  return next.subarray(0, size)
}
