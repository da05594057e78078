import '../preload.js'
import { run } from './run.ts'

// Papers and copies name persons: they are for whoever asked for them.
process.umask(0o077)
process.exitCode = await run(process.argv.slice(2), process)
