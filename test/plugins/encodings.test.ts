import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { encode, writeEncoded } from '../../server/plugins/encodings.ts'

test('the same bytes go out with the headers of whichever address they are asked for at', async () => {
  const page = await encode(Buffer.from('<p>正文</p>'), 'text/html; charset=utf-8')
  const heads: Record<string, string[]> = { '/a': ['link', '<a>'], '/b': ['link', '<b>', 'x-more', '1'] }
  const server = createServer((request, response) => {
    writeEncoded(request, response, page, heads[request.url ?? ''] ?? [])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  for (const path of ['/a', '/b', '/a', '/a', '/b']) {
    const { headers } = await fetch(`http://127.0.0.1:${port}${path}`)
    expect([headers.get('link'), headers.get('x-more')]).toEqual(path === '/a' ? ['<a>', null] : ['<b>', '1'])
  }
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
