import { expect, test } from 'vitest'
import { zh } from '../../../server/locales/zh.ts'
import {
  attachmentName,
  checkAttachments,
  chooseAgain,
  kindOf,
  savedName,
  shownAttachment,
} from '../../../server/rules/submissions/attachments.ts'

test.each([
  ['函.pdf', '函.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\公文\\函.pdf', '函.pdf'],
  ['a\0b\r\nc\u202ed\ud800.pdf', 'abcd.pdf'],
  ['/', '附件'],
  [' \u200b ', '附件'],
  ['𠮷'.repeat(200), '𠮷'.repeat(100)],
])('a file called %j is kept as %j', (sent, name) => {
  expect(attachmentName(sent)).toBe(name)
})

test.each([
  ['%PDF-1.7', 'pdf'],
  [' %PDF-1.7', null],
  ['PK\x03\x04', 'zip'],
  ['PK\x05\x06', null],
  ['GIF89a', null],
  ['', null],
])('%j begins a %s', (head, kind) => {
  expect(kindOf(Buffer.from(head, 'latin1'))).toBe(kind)
})

test.each([
  ['函.PDF', 'pdf', '函.PDF'],
  ['照片.jpeg', 'jpg', '照片.jpeg'],
  ['页.html', 'png', '页.html.png'],
  ['函.pdf.exe', 'pdf', '函.pdf.exe.pdf'],
])('%s that is a %s is saved as %s', (name, type, saved) => {
  expect(savedName(name, type)).toBe(saved)
})

test.each([
  [1, '1 KB'],
  [300_000, '293 KB'],
  [10 * 1024 * 1024, '10.0 MB'],
])('%d bytes are written %s', (size, written) => {
  expect(shownAttachment({ name: 'x', type: 'pdf', size }, 0).size).toBe(written)
})

test('every file that is wrong is named; who may not send files is told so once', () => {
  const file = { name: 'a.pdf', size: 1, isTooLarge: false, type: 'pdf' as const }
  const wrong = [{ ...file, size: 0 }, { ...file, type: null }, { ...file, isTooLarge: true }, file]
  const ours = { identity: 'agency', isOffered: true }
  expect(checkAttachments([file], ours, zh.files)).toEqual([])
  expect(checkAttachments([], { identity: 'individual', isOffered: false }, zh.files)).toEqual([])
  expect(checkAttachments(wrong, ours, zh.files).map(({ message }) => message)).toEqual([
    '附件最多 3 个，现在是 4 个，请合并或者减少',
    '附件“a.pdf”是空的，请重新选择',
    expect.stringMatching(/^附件“a.pdf”不是能接收的文件/),
    '附件“a.pdf”超过 10 MB，请压缩或者分成几个',
  ])
  expect(chooseAgain(wrong, zh.files)).toHaveLength(1)
  expect(chooseAgain([], zh.files)).toEqual([])
  for (const mayNot of [
    { identity: 'individual', isOffered: true },
    { identity: 'agency', isOffered: false },
  ]) {
    expect(checkAttachments(wrong, mayNot, zh.files)).toHaveLength(1)
  }
})
