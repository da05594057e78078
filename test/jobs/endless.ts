/** The text on which the thread of endless-text-worker.ts never comes to an end. */
export const endless = `没完没了，没完没了${'。'.repeat(90)}`
