import type { transparencyTexts as zh } from '../zh/transparency.ts'
import { some } from './some.ts'

export const transparencyTexts: typeof zh = {
  transparency: {
    title: 'Proof of what was received',
    lead: 'Whatever is sent in is signed for at once and then joins a tree that only grows. Its heads are published here: one number that stands for all that had been received by then. If a single submission were dropped, changed or added, the number would be another. It does not tell who said what.',
    of: (title) => `${title} · Proof of what was received`,
    about: 'How to check',
    steps: [
      'When you send your comments, download the proof file from the receipt; your code gives it to you later too.',
      'Once a head has been published, download it again: it then proves that your submission is in the tree.',
      'Download the checking program and the file of heads. A computer with Node checks them without a network.',
    ],
    command: 'node verify-receipt.mjs proof.json transparency.json',
    script: 'The checking program, verify-receipt.mjs',
    file: 'The heads, transparency.json',
    key: 'Public key of the signatures',
    keySince: (day) => `in use since ${day}`,
    noKey: 'Nothing has been signed yet.',
    compare: 'Please compare the key that the program prints with the one that is published elsewhere:',
    compareNowhere:
      'This site does not say yet where else the key is published. The sponsor can give it to you in writing, to be compared with this one.',
    head: (number) => `Head ${number}`,
    newest: 'The newest head',
    at: 'Signed at',
    size: 'Received',
    submissions: (count) => some(count, 'submission', 'submissions'),
    equation: 'Comments in them',
    comments: (count) => `${count} received`,
    equals: ' = ',
    plus: ' + ',
    states: {
      published: 'published',
      withheld: 'not published',
      refused: 'not admitted',
      pending: 'waiting',
      withdrawn: 'withdrawn',
    },
    few: 'Fewer than 5 submissions: no figures, since they would tell what others did.',
    late: 'Entered after closing',
    lateNote: 'Letters and the like that staff entered after closing, for example those posted before it.',
    root: 'The number of the head',
    earlier: 'Earlier heads',
    none: 'No head has been published yet.',
    times: {
      off: 'No heads are published for this consultation. Receipts are signed all the same.',
      closing: 'A head is published after closing, and another with the outcome.',
      daily:
        'A head is published each day on which 5 have come in; the newest 5 are left to the next. Another follows at closing and with the outcome.',
      hourly:
        'A head is published each hour in which 5 have come in; the newest 5 are left to the next. Another follows at closing and with the outcome.',
    },
    notBefore: {
      after_closing: 'Comments are published after closing, and so are the heads.',
      outcome_only: 'Comments are only summed up in the outcome; the heads are published with it.',
    },
    all: 'All consultations',
    back: 'Back to the draft',
  },
  proof: {
    title: 'Proof of receipt',
    lead: 'This signature proves that what you sent has been received. Please keep the file: it shows whoever removes or changes your submission. Keep it to yourself, for it holds your comments and the keys to check them.',
    digits: 'Number of the proof',
    statement: 'What is signed',
    signature: 'Signature',
    save: 'Download the proof file',
    waiting: 'It is not in a published head yet. Please download it again once one is published.',
    covered: (at) => `It is in the head of ${at}; the file proves it.`,
    notYet: 'The proof is being prepared. Please come back later.',
    see: 'What this proof is, and how to check it',
  },
}
