/** The status by which a page that asks for progress again and again is told that it may stop (htmx: 286). */
export function pollingCode(state: string): 200 | 286 {
  return state === 'running' ? 200 : 286
}
