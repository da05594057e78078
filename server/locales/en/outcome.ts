import type { outcomeTexts as zh } from '../zh/outcome.ts'
import { some } from './some.ts'

export const outcomeTexts: typeof zh = {
  outcome: {
    title: 'Report on the consultation',
    edition: (number, time) => `Edition ${number}, published ${time}`,
    correction: 'Correction: ',
    retracted: (time) =>
      `Some content that should not have been public was hidden on ${time}; the rest is unchanged.`,
    older: 'This is an older edition: ',
    newest: 'see the newest',
    figures: 'Outcomes and where comments came from',
    studied: (count) => `${some(count, 'comment', 'comments')} studied`,
    received: (count) => `${some(count, 'comment', 'comments')} received`,
    share: (percent, base) => `${percent}% of ${base}`,
    channels: {
      web: 'Online',
      letter: 'By letter',
      phone: 'By phone',
      email: 'By e-mail',
      meeting: 'At a meeting',
      in_person: 'In person',
    },
    table: 'What became of the comments',
    admitted: (count) => `${some(count, 'comment was', 'comments were')} studied: `,
    points: (count: number) => `. They were parted into ${count} points, each of which has its row below`,
    note: ". A row for several comments is the drafting office's summary, with their number behind it.",
    endorsements: (count) =>
      ` Published comments were endorsed ${count} times besides (unverified), counted apart from the above.`,
    none: 'No comment was studied.',
    columns: ['No.', 'Clause', 'By', 'Comment', 'Comments', 'Outcome', 'Reason'],
    gone: '(This comment is no longer published.)',
    next: 'Read on',
    editions: 'Editions',
  },
}
