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
  footer: { sponsor: 'Sponsor', organiser: 'Organiser', contact: 'Contact', siteCode: 'Site code' },
}
