import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { UnreadableDocument } from './unreadable-document.ts'

/** A Word file has some dozens of parts; one with thousands was made to do harm. */
const mostEntries = 2000
/** The text of a thousand clauses is under 10 MB of XML. */
const usualBytes = 48 * 1024 * 1024

const broken = '文件已损坏或者不完整，请用 Word 或 WPS 重新保存后再上传。'

/** The parts of a zip file that is in memory. Nothing is unpacked until it is asked for, and nothing to disk. */
export class ZipArchive {
  private readonly zip: ZipFile
  private readonly entries: Map<string, Entry>
  private readonly mostBytes: number

  private constructor(zip: ZipFile, entries: Map<string, Entry>, mostBytes: number) {
    this.zip = zip
    this.entries = entries
    this.mostBytes = mostBytes
  }

  /**
   * @param mostBytes of one part, unpacked
   * @throws UnreadableDocument where the file is cut off, has unsafe or too many names, or says one name twice
   */
  static async open(bytes: Buffer, mostBytes = usualBytes): Promise<ZipArchive> {
    const entries = new Map<string, Entry>()
    try {
      const zip = await fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: true })
      if (zip.entryCount > mostEntries)
        throw new UnreadableDocument('文件里的部件过多，不像是文稿，未予读取。')
      for await (const entry of zip.eachEntry()) {
        if (entries.has(entry.fileName) || entry.isEncrypted()) throw new UnreadableDocument(broken)
        entries.set(entry.fileName, entry)
      }
      return new ZipArchive(zip, entries, mostBytes)
    } catch (error) {
      throw error instanceof UnreadableDocument ? error : new UnreadableDocument(broken)
    }
  }

  get names(): string[] {
    return [...this.entries.keys()]
  }

  has(name: string): boolean {
    return this.entries.has(name)
  }

  /**
   * The bytes of a part as they are unpacked; the size said in the file is enforced while unpacking,
   * its checksum at the end: a damaged byte often unpacks to another letter.
   * @throws UnreadableDocument where the part is missing, too large or damaged
   */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name)
    if (!entry) throw new UnreadableDocument(broken)
    if (entry.uncompressedSize > this.mostBytes) {
      throw new UnreadableDocument('文件解压后过大，未予读取；请删去图片等内容，只保留文字后再上传。')
    }
    let stream: Readable | null = null
    let sum = 0
    try {
      stream = await this.zip.openReadStreamPromise(entry)
      for await (const chunk of stream) {
        sum = crc32(chunk, sum)
        yield chunk
      }
      if (sum !== entry.crc32) throw new UnreadableDocument(broken)
    } catch {
      throw new UnreadableDocument(broken)
    } finally {
      stream?.destroy()
    }
  }
}
