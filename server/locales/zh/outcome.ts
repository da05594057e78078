/** Texts of the published outcome. */
export const outcomeTexts = {
  outcome: {
    title: '公开征求意见情况说明',
    edition: (number: number, time: string) => `第 ${number} 版，${time} 公布`,
    correction: '更正：',
    retracted: (time: string) => `本版有内容不宜公开，已于 ${time} 隐去，其余不变。`,
    older: '这是旧版，',
    newest: '看最新的一版',
    figures: '采纳情况和意见来源',
    studied: (count: number) => `纳入研究的意见 ${count} 条`,
    received: (count: number) => `收到的意见 ${count} 条`,
    share: (percent: string, base: number) => `占 ${base} 条的 ${percent}%`,
    channels: {
      web: '网上',
      letter: '来信',
      phone: '电话',
      email: '电子邮件',
      meeting: '座谈会',
      in_person: '当面',
    },
    table: '意见采纳情况表',
    admitted: (count: number) => `纳入研究的意见 ${count} 条：`,
    points: (count: number) => `。以上意见梳理为 ${count} 条具体意见，下表逐条列出`,
    note: '。“归纳”是起草单位对多条意见的概括，后面是条数。',
    endorsements: (count: number) =>
      `另有对公开意见的附议 ${count} 人次（未核实），单独统计，不在以上条数之内。`,
    none: '没有纳入研究的意见。',
    columns: ['序号', '条款', '反馈人', '意见内容', '条数', '是否采纳', '理由'],
    gone: '（这条意见已不再公开）',
    next: '往下看',
    editions: '各版',
  },
}
