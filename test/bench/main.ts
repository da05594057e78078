import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureBrief } from './brief.ts'
import { measureIndexes } from './indexes.ts'
import { measureLetters } from './letters.ts'
import { audit } from './lighthouse.ts'
import { measurePassages } from './passages.ts'
import { measurePersonal } from './personal.ts'
import { portalIn } from './processes.ts'
import { measureRules } from './rules.ts'
import { measureSplitting } from './splitting.ts'
import { measureThemes } from './themes.ts'

// `npm run bench` measures rates as ratios to a bare `hello`, on both engines; `npm run bench -- lighthouse` what
// Lighthouse makes of the citizens' pages, `npm run bench -- rules` how long the rules that read texts take at most,
// `npm run bench -- letters` how well the points of letters are found that persons have marked,
// `npm run bench -- personal` what is found of the personal data that persons have marked, by class,
// `npm run bench -- passages` how well form letters are found behind copies with many words of their own,
// `npm run bench -- themes` how well themes are learnt from few assigned opinions, and what is not,
// `npm run bench -- brief 100000` what a brief of so many different comments takes, from the order to what is kept,
// `npm run bench -- splitting` how long each step of parting a letter of 5,000 characters takes,
// `npm run bench -- indexes` what each index of the comments costs one that comes in, `npm run bench -- scale` what every
// page takes with 1,000,000 comments (or as many as a further argument says) beside what it takes with 10,000, on both
// engines. Figures of one run are worth comparing with one another, not with those of another machine.
const [, , what, ...further] = process.argv
if (what === 'rules') await measureRules()
else if (what === 'letters') measureLetters()
else if (what === 'personal') measurePersonal()
else if (what === 'passages') measurePassages()
else if (what === 'themes') measureThemes()
else if (what === 'indexes') await measureIndexes()
else if (what === 'scale') await onBothEngines('test/bench/scale.ts', further)
else if (what === 'brief') await measureBrief(Number(further[0] ?? 100_000))
else if (what === 'splitting') await measureSplitting()
else if (what === 'lighthouse') await measureLighthouse()
else await onBothEngines('test/bench/rates.ts', [])

/** Each engine in a process of its own, since it is chosen where its columns are imported. */
async function onBothEngines(script: string, words: string[]): Promise<void> {
  for (const url of ['file:', 'postgres:']) {
    const env = { ...process.env, DATABASE_URL: url }
    const [code] = await once(spawn(process.execPath, [script, ...words], { env, stdio: 'inherit' }), 'exit')
    if (code !== 0) process.exitCode = 1
  }
}

async function measureLighthouse(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'))
  try {
    await audit(portalIn(folder, `file:${join(folder, 'portal.db')}`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
