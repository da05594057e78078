import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../static/styles')

/**
 * The style sheets and the components of each in their order: where two say something of one element, the later has the
 * last word. The staff's pages have both sheets, the site's first.
 */
export const styleSheets = {
  'site.css': filesOf('site', [
    'tokens',
    'ground',
    'hidden',
    'frame',
    'notices',
    'states',
    'fields',
    'choices',
    'errors',
    'buttons',
    'consultations',
    'draft-head',
    'outline',
    'paper',
    'clause',
    'quotes',
    'comments',
    'clause-changes',
    'comment-form',
    'search',
    'receipts',
    'bottom-bar',
    'comparison',
    'outcome',
    'transparency',
    'count-bars',
    'print',
  ]),
  'staff.css': filesOf('staff', [
    'frame',
    'surfaces',
    'tabs',
    'notices',
    'tables',
    'forms',
    'panel',
    'acts',
    'account',
    'queue',
    'narrow',
    'keys',
    'marks',
    'conducting',
    'completeness',
    'repair-outline',
    'repair-text',
    'mapping',
    'overview',
    'briefs',
    'charts',
    'reading',
    'read-comments',
    'split',
    'dragging',
    'versions',
    'printed-receipts',
    'print',
  ]),
}

function filesOf(sheet: string, components: string[]): string[] {
  return components.map((name) => join(folder, sheet, `${name}.css`))
}
