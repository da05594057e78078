/** In English, by its code, every answer that is not the page asked for and that a citizen can come by. */
export const enErrors: Readonly<Record<string, { title: string; advice: string }>> = {
  not_found: {
    title: 'There is no such page',
    advice:
      'The address may be wrong, or what stood here has been withdrawn. Please start from the home page.',
  },
  wrong_method: {
    title: 'This address cannot be opened like this',
    advice: 'Please start from the home page and use the page there.',
  },
  gone: {
    title: 'This is no longer there',
    advice:
      'It may just have been deleted or withdrawn, and nothing was done. Please go back and load the page again.',
  },
  bad_request: {
    title: 'What was sent could not be read',
    advice: 'Please go back, check it and send it again.',
  },
  too_large: { title: 'Too much was sent', advice: 'Please shorten the text or the file and send it again.' },
  too_many_fields: {
    title: 'Too much was sent at once',
    advice:
      'Please go back: what you filled in is still there. Take some of it out and send it in several goes.',
  },
  too_many_comments: {
    title: 'At most 60 comments can be sent at once',
    advice:
      'Please go back: what you filled in is still there. Take some of it out and send it in several goes.',
  },
  too_long_text: {
    title: 'One of the texts is too long',
    advice: 'Please go back: what you filled in is still there. Shorten it, or send it in several goes.',
  },
  unsupported_type: {
    title: 'This format is not taken',
    advice: 'Please use the form on the page, or send JSON.',
  },
  too_many: {
    title: 'Too many requests',
    advice: 'Please try again in a few minutes. What you filled in is not lost.',
  },
  crowded: {
    title: 'Very many people are here just now',
    advice:
      'Nothing was done. Please go back to the form in your browser, wait ten seconds and send it again; what you typed is still there.',
  },
  busy: {
    title: 'Very many people are sending comments just now',
    advice: 'Nothing was stored yet. Please wait some seconds and send it again.',
  },
  unavailable: {
    title: 'Nothing can be stored or read at the moment',
    advice:
      'It was not done, and what you filled in is not lost. Please try again in half a minute; if it keeps failing, tell us its number by the contact on the home page.',
  },
  unknown_key: {
    title: 'This cannot be opened at the moment',
    advice: 'It was not done. Please try again in a few minutes.',
  },
  internal: {
    title: 'Something went wrong here',
    advice:
      'It was not done. Please try again later; if it keeps failing, tell us its number by the contact on the home page.',
  },
  cross_site: {
    title: 'This was sent from another site',
    advice: 'Please open the page on this site and send it again.',
  },
  idempotency_key: {
    title: 'The Idempotency-Key is missing',
    advice:
      'Please send an Idempotency-Key header of 1 to 200 visible ASCII characters that is new for each submission, a random UUID say.',
  },
  unknown_code: {
    title: 'No comment has this code',
    advice: 'Please enter the code again under “My comments”.',
  },
  unknown_comment: {
    title: 'There is no such comment',
    advice: 'Please look it up again with your code.',
  },
  changed: {
    title: 'This cannot be done now',
    advice: 'Something has changed. Please look it up again with your code to see how it stands.',
  },
}
