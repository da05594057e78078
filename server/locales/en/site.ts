import type { siteTexts as zh } from '../zh/site.ts'
import { some } from './some.ts'

export const siteTexts: typeof zh = {
  skip: 'Skip to the content',
  nav: {
    label: 'Site',
    bar: 'Shortcuts',
    mine: 'My comments',
    lookUp: 'Look up',
    column: 'Participation',
    all: 'All consultations',
    receipts: 'My comments',
    privacy: 'Personal data',
    largeText: 'Large text',
    usualText: 'Usual text',
    highContrast: 'High contrast',
    usualContrast: 'Usual colours',
    otherLanguage: '中文',
  },
  state: {
    draft: 'Not published',
    upcoming: 'Not open yet',
    open: 'Open',
    closed: 'Closed',
    concluded: 'Outcome published',
    suspended: 'Suspended',
  },
  daysLeft: (days) => (days === 0 ? 'closes today' : `${some(days, 'day', 'days')} left`),
  home: {
    title: 'Public consultations',
    lead: 'Drafts that are out for public comment. No registration: read clause by clause, and comment where you read.',
    none: 'Nothing is out for comment at present.',
    period: 'Open from',
    to: 'to',
    received: (count) => some(count, 'comment published', 'comments published'),
  },
  firstRun: {
    title: 'The portal is installed, and has no administrator yet',
    lead: 'The first administrator is made on the server; this page makes nobody.',
    invite: 'On the server, with the environment of the portal, run:',
    command: 'npm run --silent portal -- staff invite --name NAME --role admin',
    activate: [
      'It prints a code that works once. On the page ',
      'Activate an account',
      ', its owner types it and sets a password and an authenticator.',
    ],
    afterwards:
      'An administrator adds everybody else on a page. Once a draft is published, the consultations are listed here.',
  },
  footer: { sponsor: 'Sponsor', organiser: 'Organiser', contact: 'Contact', siteCode: 'Site code' },
}
