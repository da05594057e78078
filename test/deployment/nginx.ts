import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** The name under which the file in docs/ serves. */
export const siteName = 'yijian.example.gov.cn'

/** The nginx of this machine, or the one that NGINX_PATH names; null where there is none. */
export const nginx = [process.env.NGINX_PATH ?? 'nginx', '/usr/sbin/nginx'].find(
  (path) => spawnSync(path, ['-v']).status === 0 && spawnSync('openssl', ['version']).status === 0,
)

export interface Front {
  httpPort: number
  httpsPort: number
  /** In PEM. */
  certificate: Buffer
  /** What `nginx -t` says of the file. */
  judge(): { status: number | null; said: string }
  start(): Promise<void>
  stop(): Promise<void>
}

/** docs/deployment/nginx.conf in a folder of its own: with ports, a certificate and nodes of this machine, and else as it is. */
export async function nginxBefore(nodes: readonly number[]): Promise<Front> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-nginx-'))
  const [httpPort, httpsPort] = [await freePort(), await freePort()]
  makeCertificate(folder)
  mkdirSync(join(folder, 'cache'))
  writeFileSync(join(folder, 'portal.conf'), settled(folder, httpPort, httpsPort, nodes))
  writeFileSync(join(folder, 'nginx.conf'), around(folder))
  const words = ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')]
  let running: ChildProcess | undefined
  return {
    httpPort,
    httpsPort,
    certificate: readFileSync(join(folder, 'fullchain.pem')),
    judge() {
      const { status, stderr } = spawnSync(nginx ?? '', ['-t', ...words], { encoding: 'utf8' })
      return { status, said: stderr }
    },
    async start() {
      running = spawn(nginx ?? '', words, { stdio: 'inherit' })
      while (!(await accepts(httpsPort))) {
        if (running.exitCode !== null) throw new Error('nginx did not start')
        await wait(20)
      }
    },
    async stop() {
      if (running) {
        const ended = once(running, 'exit')
        running.kill('SIGTERM')
        await ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function settled(folder: string, httpPort: number, httpsPort: number, nodes: readonly number[]): string {
  return readFileSync(join(import.meta.dirname, '../../docs/deployment/nginx.conf'), 'utf8')
    .replace(/^ *listen \[::\].*\n/gm, '')
    .replaceAll('listen 80;', `listen 127.0.0.1:${httpPort};`)
    .replaceAll('listen 443 ', `listen 127.0.0.1:${httpsPort} `)
    .replaceAll('/etc/ssl/portal', folder)
    .replaceAll('/var/cache/nginx/portal', join(folder, 'cache'))
    .replace(/( *server 127\.0\.0\.1:)3000( .*\n)/, (_line, before: string, after: string) =>
      nodes.map((port) => before + port + after).join(''),
    )
}

/** What a distribution's own nginx.conf says around the file. */
function around(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `  ${kind}_temp_path ${join(folder, kind)};\n`)
    .join('')
  // Its workers read what this process has written, for itself alone.
  const user = process.getuid?.() === 0 ? 'user root;\n' : ''
  return `${user}daemon off;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
error_log ${join(folder, 'error.log')};
events { worker_connections 4096; }
http {
  access_log off;
${temporary}  include ${join(folder, 'portal.conf')};
}
`
}

function makeCertificate(folder: string): void {
  const files = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const names = ['-subj', `/CN=${siteName}`, '-addext', `subjectAltName=DNS:${siteName}`]
  execFileSync('openssl', ['req', ...kind, ...names, ...files], { stdio: 'ignore' })
}

async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  taken.close()
  return address && typeof address === 'object' ? address.port : 0
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
