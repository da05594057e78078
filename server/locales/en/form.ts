import type { formTexts as zh } from '../zh/form.ts'
import { some } from './some.ts'

export const formTexts: typeof zh = {
  form: {
    title: 'Comment',
    titleForAll: 'My comments',
    on: (citation) => `Comment on ${citation}`,
    onWhole: 'Comment on the whole draft',
    errors: (count) => `${some(count, 'thing needs', 'things need')} your attention`,
    stance: 'Kind of comment',
    stances: { support: 'Support', amend: 'Amend', oppose: 'Oppose', question: 'Question' },
    body: 'Your comment',
    bodyHint:
      '5 to 5,000 characters; none are needed to support. Please leave out identity numbers, phone numbers and the like.',
    proposal: 'Wording that you propose',
    proposalHint: 'optional',
    proposalKind: 'What should be done',
    proposals: { '': 'No wording', amend: 'Change it to', delete: 'Delete it', insert_after: 'Add after it' },
    wording: 'Your wording',
    about: 'About you',
    aboutHint: 'optional for individuals',
    identity: 'You comment as',
    identities: {
      individual: 'Individual',
      enterprise: 'Business',
      association: 'Association',
      agency: 'Public body',
      expert: 'Expert',
    },
    name: 'Name',
    nameHint:
      'Optional. Only the surname is shown, as in “朱**”. Beside all comments that you send together stand the same surname, place and identity.',
    showName: 'I agree that my full name is shown',
    organisation: 'Organisation',
    organisationHint: 'If you comment for one. Its name is not shown until it has been confirmed.',
    region: 'Region',
    regionNone: 'Not given',
    contact: 'Contact',
    contactHint: 'Optional: phone or e-mail. Never shown; only for questions by the drafting office.',
    attachments: 'Files',
    attachmentsHint:
      'Optional, for organisations only. pdf, docx, png or jpg, 3 at most, up to 10 MB each. Not published; staff alone can download them.',
    attachmentsHeld:
      'These files have come with the form. They are kept, encrypted, for 24 hours and sent along; clear the box of one that you do not want to send.',
    beforeSending: 'Before you send',
    publishing: {
      as_decided: 'What may be published is published once staff have checked it.',
      after_closing: (closes) =>
        `What may be published is published after the consultation closes (${closes}), once staff have checked it.`,
      outcome_only: 'These comments are not published one by one; the published outcome sums them up.',
    },
    publicCount: {
      public: (count) => `${some(count, 'comment', 'comments')} will be published once checked.`,
      office: (count) => `${some(count, 'comment goes', 'comments go')} to the drafting office only.`,
    },
    signed: {
      any: 'Signed: without a name no name is shown; with one the surname alone, as in “朱**”; your full name if you agreed.',
      none: 'Signed: no name is shown.',
      masked: 'Signed: the surname alone, as in “朱**”.',
      full: 'Signed: with your full name.',
      as: 'Signed: ',
      besides:
        " Your identity and region are shown with it; contact, files and an unconfirmed organisation's name never are.",
    },
    privacyNotice: 'Privacy notice: who sees it, for how long, how to correct and delete it',
    visibility: 'May it be published?',
    visibilities: { public: 'Yes, once it has been checked', office: 'No, for the drafting office only' },
    privacy:
      'Your region and identity help the office to hear all sides. They are used for this draft only: ',
    privacyLink: 'who sees them, and for how long',
    guardian: '. Under 14: please let a parent or guardian submit.',
    quote: 'About one sentence',
    quoteHint: 'optional; you may also select words in the text',
    quoteNone: 'The whole clause',
    quoteElsewhere:
      'The sentences stand with the first comments on this clause; to quote another, add a comment at the end.',
    forAll: 'Comment on as many clauses as you like and send once. Leave the rest empty.',
    kept: 'What you typed is kept in this browser and not sent until you send it.',
    forget: 'Forget it',
    notKept:
      'This browser lets no site keep anything, or is full: please send from this page, it is gone when you close it. For several comments use ',
    notKeptShared: 'Nothing stays on this computer: please send from this page. For several comments use ',
    allInOne: 'the form with all clauses on one page',
    carry: 'Save to a file, or read one in',
    carryHint: 'to go on at another device',
    carryOut:
      'Save what you wrote as a feedback form (Word). Read it in on this page of another device and go on. The file holds all that you typed: please keep it safe.',
    carryOutGo: 'Save as a Word file',
    carryIn: 'A feedback form that is filled in',
    carryInHint:
      'A Word file (.docx), up to 10 MB. What it says is added to this page, nothing twice; reading it sends nothing, and the file is not kept.',
    carryInGo: 'Read it in',
    shared: 'Others use this computer: leave nothing on it',
    personKept: '“About you” is kept on this device like your comments, and deleted once it is sent.',
    forgetPerson: 'Forget it',
    collect: 'Keep it and read on',
    again: 'Write another on the same clause',
    againOn: 'More to say on the same clause:',
    againGo: 'Add a comment',
    nth: (place: number) => ` (${place})`,
    check: 'Check first',
    send: 'Send',
    promise:
      'No registration. You get a receipt whose code is shown once: please write it down. You can withdraw until the outcome is published.',
    duplicate:
      'This form has been sent already, with other words. Please check it and send again; it will be a new one.',
    stale: 'The page has expired. Please check and send again; everything you typed is here.',
    keep: 'What you typed (please copy it)',
    notTaken: (why) => `${why} This was not sent; what you typed is below, to copy.`,
  },
  wrong: {
    names: {
      body: 'your comment',
      wording: 'your wording',
      name: 'your name',
      organisation: 'the organisation',
      contact: 'the contact',
    },
    missing: (name) => `Please write ${name}`,
    unstorable: (name) =>
      `There are characters in ${name} that cannot be kept (perhaps from copying); please delete and retype them`,
    tooLong: (name, most, length) =>
      `At most ${most} characters fit in ${name}; there are ${length} now, please shorten it`,
    noDay: (name) => `Please write ${name} like 2026-12-31`,
    bodyTooShort: (least) => `Your comment needs at least ${least} characters`,
    bodyTooLong: (most, length) =>
      `At most ${most} characters fit in a comment; there are ${length} now, please shorten it or make it two`,
    tooMany: (most) => `At most ${most} comments can be sent at once; please send the others separately`,
    clause: "There is no such clause; please choose one on the draft's page",
    stance: 'Please choose the kind of comment',
    proposal: 'Please choose again what should be done',
    wording: 'Please write your wording, or choose “No wording”',
    quote: 'The quoted sentence is not in this clause; please choose again',
    identity: 'Please choose what you comment as',
    region: 'Please choose your region from the list',
    regionMissing: 'Please choose your region',
    visibility: 'Please choose whether it may be published',
  },
  files: {
    notOffered: 'This consultation takes no files. Please write what you have to say into the comment',
    onlyOrganisations:
      "Files are taken from organisations only. Choose the organisation's identity, or write it into the comment",
    tooMany: (most, count) =>
      `At most ${most} files; there are ${count}. Please combine some or leave some out`,
    tooLarge: (name) => `The file “${name}” is larger than 10 MB. Please compress or split it`,
    empty: (name) => `The file “${name}” is empty. Please choose it again`,
    type: (name) =>
      `The file “${name}” cannot be taken. Use pdf, docx (without macros), png or jpg; another ending does not help`,
    gone: (name) => `The file “${name}” was kept for 24 hours only and is gone. Please choose it again`,
    chooseAgain: (names) =>
      `Files are not kept with the form. Before sending, choose again: ${names.map((name) => `“${name}”`).join(', ')}`,
  },
  review: {
    title: 'Check your comments',
    numbers:
      'These numbers are in your comments. Staff hide them before publication; the drafting office still sees them. Please take out what is not needed:',
    numberKinds: { mobile: 'mobile number', landline: 'telephone number', id_number: 'identity number' },
    drop: 'Take it out',
    lead: 'Nothing has been sent yet. Please check, then send.',
    count: (count) => some(count, 'comment', 'comments'),
    person: 'About you',
    none: 'Not given',
    yes: 'Yes',
    jump: 'Jump to a clause',
    edit: 'Change',
    send: 'Send now',
    back: 'Go back and change',
    print: 'Print a page to seal',
    seal: '(seal)',
    signature: 'Submitted by: ',
    date: 'Date: ____________',
    to: 'To: ',
    printed: (day) => `Printed on ${day}, before it was sent on the site.`,
  },
}
