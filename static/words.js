// What the scripts say by themselves, in the language of the page.
const zh = {
  nth: (place) => `（第 ${place} 条）`,
  publicCount: (count) => (count > 0 ? `现在写了 ${count} 条，审核后公开。` : ''),
  officeCount: (count) => (count > 0 ? `现在写了 ${count} 条，只给起草单位，不公开。` : ''),
  numbers: { mobile: '手机号', id: '身份证号' },
  pointed: (kind, text) => `这里写有${kind} ${text}，公开以前会隐去。不需要的，请`,
  drop: '去掉',
  counted: (count, most) => `已写 ${count} 字${count > most ? `，最多 ${most} 字，请删减或者分成两条` : ''}`,
  notOpened: '没有连上网络，表单还没有打开。草案还在这一页上。',
  openAgain: '再试一次',
  sending: '正在提交…',
  checking: '正在核对…',
  offline: '没有连上网络，还没有送到。您写的内容都在这一页上，请不要关闭。',
  busy: '服务器忙，还没有收下。您写的内容都在这一页上，请不要关闭。',
  again: (seconds) => `${seconds} 秒后自动再送；连上网络时马上再送。`,
  now: '现在再送一次',
  pause: '先不送，回去修改',
  paused: '已经停下，没有送出。您写的内容都在，改好后请再按一次。',
  changed: '内容有改动，不再自动送出。改好后请再按一次。',
}

const en = {
  nth: (place) => ` (${place})`,
  publicCount: (count) => (count > 0 ? `${count} written so far; published once checked.` : ''),
  officeCount: (count) => (count > 0 ? `${count} written so far; for the drafting office only.` : ''),
  numbers: { mobile: 'mobile', id: 'identity number' },
  pointed: (kind, text) =>
    `There is a ${kind}, ${text}, which is hidden before publication. If it is not needed: `,
  drop: 'take it out',
  counted: (count, most) =>
    `${count} characters${count > most ? `, ${most} at most: please shorten it or make it two` : ''}`,
  notOpened: 'There is no network, so the form could not be opened. The draft is still on this page.',
  openAgain: 'Try again',
  sending: 'Sending…',
  checking: 'Checking…',
  offline:
    'There is no network: this has not arrived yet. All you typed is on this page; please keep it open.',
  busy: 'The server is busy and has not taken this yet. All you typed is on this page; please keep it open.',
  again: (seconds) => `It is sent again in ${seconds} seconds, or as soon as there is a network.`,
  now: 'Send it now',
  pause: 'Stop and go on editing',
  paused: 'Stopped; nothing was sent. All you typed is here: press the button again when you are ready.',
  changed: 'You changed something, so it is no longer sent by itself. Press the button when you are ready.',
}

export const words = document.documentElement.lang === 'en' ? en : zh
