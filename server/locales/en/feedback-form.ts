import type { feedbackFormTexts as zh } from '../zh/feedback-form.ts'
import { some } from './some.ts'

export const feedbackFormTexts: typeof zh = {
  feedbackForm: {
    title: 'Feedback form',
    lead: 'You can also fill in the feedback form with Word or WPS and upload it, or print it, fill it in by hand, sign or seal it and send it by post.',
    steps: ['Download the form', 'Fill it in and save it', 'Upload the filled form'],
    download: 'Download the feedback form (Word)',
    fill: 'Tick a box and write in the row of each clause that you comment on; leave the others empty.',
    upload:
      'After uploading you check everything before you send it. The file is not kept, and you need not register.',
    marked:
      'You can also mark up a Word copy of the draft with tracked changes and comments, and upload it here: each goes to its clause, as your wording or your comment.',
    file: 'The filled form',
    fileHint: 'A Word file (.docx) of at most 10 MB.',
    send: 'Upload and check',
    link: 'Use the feedback form (Word)',
    problems: {
      none: 'Please choose the filled form first, then upload it.',
      tooLarge: 'The file is larger than 10 MB. Please take out pictures, save it and upload it again.',
      oldWord:
        'This is an old .doc or .wps file, or one with a password. Please save it as .docx without a password and upload it again.',
      notForm:
        'This is no feedback form, and has no tracked changes or comments. Please upload a filled form, or a copy of the draft (.docx) in which you have tracked changes or written comments.',
      damaged: 'The file is damaged or too large to read. Please save it as a new .docx and upload it again.',
      otherForm: 'This form belongs to another consultation. Please use the form of this one.',
      empty:
        'There is no comment in the form. Please write in the row of a clause, save it and upload it again.',
    },
    elsewhere: 'This form is for: ',
    found: {
      form: (count) =>
        `${some(count, 'comment was', 'comments were')} read from the form. Nothing has been sent yet; please check each.`,
      marks: (count) =>
        `${some(count, 'comment was', 'comments were')} read from the tracked changes and comments. Nothing has been sent yet; please check each, above all its kind, which was guessed.`,
    },
    earlier: (earlier, current) =>
      `This is the form of draft ${earlier}; the draft out for comment now is draft ${current}, and clauses may have changed. Please compare.`,
    look: 'Please note:',
    notes: {
      outside: 'Outside the table, not taken over',
      unread: 'While the file was read',
      person: 'Not taken over',
      region: 'The region is not in the list; please choose it yourself',
      stances: 'More than one kind of comment is ticked; please choose one',
      stanceWords: 'Words in the column of kinds, not taken over',
      original: 'The printed text was changed; not taken over',
      edited: 'The printed text was changed; taken over as your wording',
      moved: 'There is no such clause; put with the comments on the whole draft',
      unplaced: 'No clause was found for this; not taken over',
      overflow: 'At most 60 comments at once; this one was not taken over, please send it separately',
    },
  },
}
