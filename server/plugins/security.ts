import plugin from 'fastify-plugin'

/** Of a file that somebody sent in: whatever is in it, no browser shows it, by itself or within another page. */
export const nothingShown = "default-src 'none'; frame-ancestors 'none'; sandbox"

/**
 * The headers of every answer, computed once: pages that everybody sees are sent at a rate at which
 * a middleware per request would cost more than the page. `https` follows the scheme of PUBLIC_URL.
 */
export function securityHeaders(https: boolean): Record<string, string> {
  const policy = [
    "default-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ]
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    // Not no-referrer: with it Chromium sends `Origin: null` on forms, and the same-origin guard would refuse them.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

export const security = plugin(async (app, { https }: { https: boolean }) => {
  const headers = securityHeaders(https)
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers)
  })
})
