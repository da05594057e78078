import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const cache = join(import.meta.dirname, '../../node_modules/.cache/chromium')
const installed = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
  (name) => `/usr/bin/${name}`,
)

/** A Chromium that runs here, and what it needs around it. */
interface Chromium {
  executablePath: string
  env: Record<string, string>
}

let found: Promise<Chromium> | undefined

/**
 * The Chromium that comes as a package, else the system's, else one that apt installs where the tests run as root.
 * @throws Error saying what to install
 */
export function findChromium(): Promise<Chromium> {
  found ??= find()
  return found
}

async function find(): Promise<Chromium> {
  for (const candidate of [packaged, system, fromApt]) {
    const chromium = await candidate()
    if (chromium && runs(chromium)) return chromium
  }
  throw new Error(
    'No Chromium runs here: please install one (Debian: apt-get install chromium) and try again',
  )
}

/** The package thinks that it is on AWS Lambda, and unpacks itself into TMPDIR with the libraries of that system. */
async function packaged(): Promise<Chromium | null> {
  const before = { ...process.env }
  mkdirSync(cache, { recursive: true })
  Object.assign(process.env, { TMPDIR: cache, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' })
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    const executablePath = await chromium.executablePath()
    return {
      executablePath,
      env: { LD_LIBRARY_PATH: join(cache, 'al2023/lib'), FONTCONFIG_FILE: writeFontSettings() },
    }
  } catch {
    return null
  } finally {
    process.env = before
  }
}

/** The system's fonts where it has some, else those of the package: without any, every text has no size. */
function writeFontSettings(): string {
  const file = join(cache, 'fonts.conf')
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(cache, 'fonts/fonts')]
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders
      .map((folder) => `<dir>${folder}</dir>`)
      .join('')}<cachedir>${join(cache, 'fonts-cache')}</cachedir></fontconfig>`,
  )
  return file
}

function system(): Chromium | null {
  const executablePath = installed.find(existsSync)
  return executablePath ? { executablePath, env: {} } : null
}

function fromApt(): Chromium | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  execFileSync('apt-get', ['update'], { stdio: 'ignore' })
  execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], { stdio: 'ignore' })
  return system()
}

function runs({ executablePath, env }: Chromium): boolean {
  try {
    const options = { env: { ...process.env, ...env }, stdio: 'ignore' } as const
    execFileSync(executablePath, ['--version', '--no-sandbox'], options)
    return true
  } catch {
    return false
  }
}
