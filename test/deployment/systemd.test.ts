import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../server/config.ts'

const unit = join(import.meta.dirname, '../../docs/deployment/portal.service')
const analyze = spawnSync('systemd-analyze', ['--version']).status === 0

test.runIf(analyze)('systemd finds nothing wrong with the unit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-unit-'))
  const copy = join(folder, 'portal.service')
  cpSync(unit, copy)
  // Its program is not where the unit will find it.
  writeFileSync(
    copy,
    readFileSync(copy, 'utf8').replaceAll('/srv/portal/node_modules/.bin/node', process.execPath),
  )
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', copy], {
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  const ours = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('portal.service'))
  expect([status, ours]).toEqual([0, []])
})

test('the portal takes the settings that the unit gives it', () => {
  const given = readFileSync(unit, 'utf8').match(/(?<=^Environment=).*/gm) ?? []
  const env = Object.fromEntries(
    given.flatMap((line) => line.split(' ').map((setting) => setting.split('='))),
  )
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'portal-unit-'))
  expect(readConfig({ ...env, DATA_DIR })).toMatchObject({
    production: true,
    publicUrl: 'https://yijian.example.gov.cn',
    trustedProxies: ['127.0.0.1/32'],
  })
  rmSync(DATA_DIR, { recursive: true })
})
