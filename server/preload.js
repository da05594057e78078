// Loaded before everything else, by every process of the portal. Plain JavaScript, as long as the version is not known.
import './node-version.js'

const { registerHooks } = process.getBuiltinModule('node:module')
const drizzle = 'drizzle-orm'
const found = new Map()

/**
 * Node parses the exports of a package again for each file of it and each import of it. Drizzle has 150 files, some
 * 300 imports from here and 180 kB of exports: two thirds of the time that a start took.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('.') && context.parentURL?.includes(`/node_modules/${drizzle}/`)) {
      return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
    }
    if (specifier !== drizzle && !specifier.startsWith(`${drizzle}/`)) return nextResolve(specifier, context)
    const known = found.get(specifier) ?? { ...nextResolve(specifier, context), shortCircuit: true }
    found.set(specifier, known)
    return known
  },
})
