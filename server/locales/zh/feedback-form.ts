/** Texts of 意见反馈表. */
export const feedbackFormTexts = {
  feedbackForm: {
    title: '意见反馈表',
    lead: '也可以在电脑上用 Word 或 WPS 填写意见反馈表，再上传；或者打印出来用笔填写，签名盖章后寄送。',
    steps: ['下载意见反馈表', '填写并保存', '上传填好的表'],
    download: '下载意见反馈表（Word）',
    fill: '在要提意见的条款那一行打勾、写下意见；没有意见的条款留空。',
    upload: '上传以后先核对，确认无误再提交。上传时不保存文件，也不用注册。',
    marked:
      '也可以在征求意见稿的 Word 文件上直接修订（打开“修订”）、加批注，再在这里上传：修订成为修改后的表述，批注成为意见，各归各的条款。',
    file: '填好的意见反馈表',
    fileHint: 'Word 文件（.docx），不超过 10 MB。',
    send: '上传并核对',
    link: '用意见反馈表（Word）填写',
    problems: {
      none: '请先选择填好的意见反馈表，再上传。',
      tooLarge: '文件超过 10 MB，请删去图片后另存，再重新上传。',
      oldWord:
        '这是旧格式的 .doc、.wps 文件或者加了密码的文件，请用 Word 或 WPS 打开后另存为 .docx（不加密码），再重新上传。',
      notForm:
        '这个文件不是意见反馈表，也没有修订和批注。请上传填好的意见反馈表，或者在征求意见稿上做了修订、加了批注的 Word 文件（.docx）。',
      damaged: '文件已损坏或者过大，不能读取，请用 Word 或 WPS 打开后另存为新的 .docx，再重新上传。',
      otherForm: '这是另一次征求意见的反馈表，没有带入。请下载本次的意见反馈表填写。',
      empty: '表里没有读到意见。请在要提意见的条款那一行写下意见，保存后再上传。',
    },
    elsewhere: '这份表是用于：',
    found: {
      form: (count: number) => `从意见反馈表读到 ${count} 条意见，还没有提交。请逐条核对。`,
      marks: (count: number) =>
        `从修订和批注读到 ${count} 条意见，还没有提交。请逐条核对，意见类型是按文字推测的。`,
    },
    earlier: (earlier: number, current: number) =>
      `这是第 ${earlier} 稿的意见反馈表，现在征求意见的是第 ${current} 稿，有的条款可能已经修改。请对照现在的条文核对。`,
    look: '请留意下列内容：',
    notes: {
      outside: '表格以外的文字，没有带入',
      unread: '读取文件时',
      person: '没有带入',
      region: '所在地区不在列表里，没有带入，请自己选择',
      stances: '选了不止一种意见类型，请选一种',
      stanceWords: '意见类型一栏里的文字，没有带入',
      original: '“原文”一栏有改动，没有带入',
      edited: '“原文”一栏有改动，已作为修改后的表述',
      moved: '没有找到这一条，放在对整个草案的意见里',
      unplaced: '没有找到对应的条款，没有带入',
      overflow: '一次最多 60 条，这一条没有带入，请另行提交',
    },
  },
}
