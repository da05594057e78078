import type { receiptTexts as zh } from '../zh/receipt.ts'

export const receiptTexts: typeof zh = {
  receipt: {
    title: 'We have your comment',
    number: 'Receipt number',
    code: 'Code',
    once: 'The receipt is shown this once: please write down the code before you leave. A reload shows it again.',
    stays:
      'In this tab, back, forward and reload show this receipt again until you clear it, or for 24 hours. Please write down the code first.',
    clear: 'I have written it down: clear',
    inTab: 'Receipt',
    noneInTab:
      'This tab has no receipt to show: nothing was sent from it, or it was cleared, or 24 hours have passed. With the code you can look it up.',
    codeHint:
      'Please write it down or print it. The code opens the state of your comment. It is a key: keep it to yourself.',
    receivedAt: 'Received at',
    held: 'What we have',
    next: 'What happens next',
    steps: [
      'Staff check whether it concerns this draft and may be published.',
      'What is admitted goes to the drafting office, which studies each comment.',
      'After closing, what was adopted is published; your code shows the answer to you.',
    ],
    qr: 'QR code: opens the look-up with the code filled in',
    qrHint: 'Scan it to open the look-up with the code filled in.',
    save: 'Save as a file',
    printNow: 'Print the receipt',
    backToDraft: 'Back to the draft',
    lookUp: 'Look up my comments',
    enterCode: 'The code that you were given',
    codeExample: 'Six groups of four, such as 7K3M-9QXD-… Capitals and dashes do not matter.',
    look: 'Look up',
    wrongCode:
      'The code is not right. Please compare each group: there is no letter O or I, only the digits 0 and 1.',
    notFound: 'No comment has this code. Please check for slips.',
    lost: 'Lost the code? If you left a contact, tell the publishing office the number of your receipt: once the contact is checked you get a new code. Without one nobody can check that it is you, and no new code can be given.',
    rest: (sent, left) =>
      `A receipt holds ${sent} comments at most. ${left} are left; a second submission is ready for you: please send it now.`,
    sendRest: 'Send the second part',
    isSecond: 'This is the receipt of the second part; the first has one of its own.',
    lookUpBoth: 'Look up both receipts',
    other: 'The other receipt of what you wrote then',
    words: 'Download what I sent (Word)',
    status: 'What became of your comments',
    states: {
      pending: 'Waiting to be checked',
      published: 'Admitted and published',
      withheld: 'Admitted, not published',
      refused: 'Not admitted',
      withdrawn: 'Withdrawn',
    },
    erased: 'Its words have been erased.',
    reason: 'Reason',
    answer: 'The drafting office’s answer',
    corrected: (day) => `This outcome was corrected on ${day}: `,
    changed: 'Your comment changed this clause: see it before and after',
    outcomes: {
      adopted: 'Adopted',
      partly_adopted: 'Partly adopted',
      not_adopted: 'Not adopted',
      explained: 'Explained',
      no_proposal: 'Proposes no change',
    },
    points: {
      lead: (count: number) =>
        count === 0
          ? 'The drafting office has read your comment'
          : `The drafting office made out ${count} ${count === 1 ? 'point' : 'points'} in your comment`,
      about: 'Clause it is about, as the office sees it',
      gathered: 'Answered together with the same opinions, as',
      object: 'This is not what I said',
      objectToPassage: 'This part does propose something',
      isObjected: 'You do not agree with this; the office will see it.',
      isUpheld: 'You did not agree with this; the office looked at it again and leaves it as it is.',
      objected: 'The drafting office is told that you do not agree with this.',
      unanswered: 'Not answered yet.',
      noProposal: 'This part proposes no change; it was read.',
    },
    withdraw: 'Withdraw',
    revise: 'Revise',
    askAgain: 'Ask for a review',
    about: (clause) => `: ${clause}`,
    cancel: 'Leave it, go back',
    withdrawal: {
      title: 'Withdraw this comment',
      warning:
        'It will no longer be shown nor studied, and its words are erased for good. With the last comment of this receipt go your name, organisation, contact and files.',
      confirm: 'Withdraw it',
      done: 'Withdrawn.',
    },
    revision: {
      title: 'Revise this comment',
      confirm: 'Send the revision',
      done: 'Revised; waiting to be checked.',
    },
    appeal: {
      title: 'Ask for a review',
      lead: 'Another member of staff looks at this comment again. You may ask once for each comment.',
      grounds: 'Your reasons',
      groundsHint: 'Optional: why it should be studied or shown.',
      confirm: 'Ask for a review',
      done: 'Your request has come in; another member of staff will look again.',
      waiting: 'A review has been asked for and is under way.',
      outcomes: { granted: 'The review changed the decision.', upheld: 'The review confirmed the decision.' },
    },
    name: {
      title: 'Stop showing my name',
      warning: 'Your comment stays published; only your surname is shown.',
      confirm: 'Stop showing it',
      done: 'Your name is masked.',
    },
  },
}
