import { Readable } from 'node:stream'
import { attachmentType } from '../../documents/files/attachment-type.ts'
import type { FileStore } from '../../documents/files/file-store.ts'
import type { ReceivedFile } from '../../documents/files/keeping-files.ts'
import { Upload } from '../../plugins/uploads.ts'
import { type AttachmentType, attachmentName } from '../../rules/submissions/attachments.ts'
import type { FieldError } from '../../rules/typed.ts'

/** What a scanner makes. */
const scanTypes: ReadonlySet<AttachmentType | null> = new Set(['pdf', 'png', 'jpg'])

const problems = {
  tooLarge: '扫描件超过 20 MB，请降低清晰度或者分成几份录入',
  otherType: '扫描件请用 pdf、png 或 jpg，改扩展名不起作用',
  notKept: '扫描件没有随表单保存，改好后请重新选择',
}

/** Told with a form that comes back for something else: a browser cannot choose the file again by itself. */
export function chooseScanAgain(form: unknown): FieldError[] {
  return scanOf(form) ? [wrong(problems.notKept)] : []
}

/** Writes down the scan of the paper that a form came with, under a temporary name; none where none was chosen. */
export async function receiveScan(
  store: FileStore,
  form: unknown,
): Promise<{ scans: ReceivedFile[]; errors: FieldError[] }> {
  const scan = scanOf(form)
  if (!scan) return { scans: [], errors: [] }
  if (!scan.content) return { scans: [], errors: [wrong(problems.tooLarge)] }
  const received = await store.receive(Readable.from([scan.content], { objectMode: false }))
  const type = await attachmentType(received)
  if (scanTypes.has(type)) return { scans: [{ name: attachmentName(scan.name), type, received }], errors: [] }
  await store.discard(received)
  return { scans: [], errors: [wrong(problems.otherType)] }
}

function scanOf(form: unknown): Upload | null {
  const scan: unknown = Reflect.get(Object(form), 'scan')
  return scan instanceof Upload ? scan : null
}

function wrong(message: string): FieldError {
  return { field: 'scan', message }
}
