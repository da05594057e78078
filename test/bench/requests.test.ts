import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sentBy, written } from './requests.ts'

const folder = mkdtempSync(join(tmpdir(), 'requests-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const all = [
  { path: '/a', key: '1', body: '{"x":"一"}' },
  { path: '/b', key: '2', body: '{"x":"二"}' },
]
const requests = { folder, name: 'some', headers: { cookie: 'staff="a\\b"' }, all }

test('each request is sent once, by either generator', () => {
  const script = readFileSync(written(requests), 'utf8')
  expect(script).toContain('["cookie"] = "staff=\\"a\\\\b\\""')
  expect(readFileSync(join(folder, 'some.txt'), 'utf8')).toBe('/a\t1\t{"x":"一"}\n/b\t2\t{"x":"二"}\n')
  const next = sentBy(requests)
  expect([next().path, next().path]).toEqual(['/a', '/b'])
  expect(next).toThrow('all requests are sent')
})
