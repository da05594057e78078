import { expect, test } from 'vitest'
import { tellsClosing, writeNotice } from '../../../server/rules/consultations/notice.ts'
import { endOfDay } from '../../../server/rules/days.ts'

const facts = {
  title: '某省促进中小企业发展规定（征求意见稿）',
  closesAt: endOfDay('2026-12-05'),
  shortPeriodReason: '防汛应急，需要尽快施行',
  offlineChannels: {
    address: '太原市迎泽大街388号',
    postcode: '030001',
    phone: null,
    email: 'yijian@example.gov.cn',
  },
  outcomePromisedOn: '2027-01-20',
  explanation: '为了……',
  explanationFile: null,
}

test('the notice tells how, until when, why so short, and what is attached', () => {
  expect(writeNotice(facts).split('\n')).toEqual([
    '我们起草了《某省促进中小企业发展规定（征求意见稿）》，现向社会公开征求意见。公众可以通过以下途径和方式提出意见：',
    '1.登录本网站，在征求意见稿中逐条或者对全文提出意见；',
    '2.寄信：太原市迎泽大街388号（邮政编码：030001），信封上请注明“征求意见”；',
    '3.发送电子邮件：yijian@example.gov.cn。',
    '提出意见的截止日期为2026年12月5日（含当日）。',
    '本次征求意见的期限短于一般期限，理由是：防汛应急，需要尽快施行。',
    '意见的研究采纳情况将于2027年1月20日前在本网站公布。',
    '感谢您的参与和支持。',
    '附件：1.某省促进中小企业发展规定（征求意见稿）',
    '2.起草说明',
    '3.意见反馈表',
  ])
})

test('what is not offered is not mentioned', () => {
  const bare = writeNotice({
    ...facts,
    shortPeriodReason: null,
    offlineChannels: null,
    outcomePromisedOn: null,
    explanation: '',
  })
  expect(bare).toContain('1.登录本网站，在征求意见稿中逐条或者对全文提出意见。')
  expect(bare).not.toMatch(/寄信|期限短于|采纳情况将于|起草说明/)
})

test('an edited notice still has to tell the closing day', () => {
  expect(tellsClosing(writeNotice(facts), '2026-12-05')).toBe(true)
  expect(tellsClosing('意见反馈截止时间为2026年12月05日', '2026-12-05')).toBe(true)
  expect(tellsClosing('截止时间：2026 年 12 月 5 日', '2026-12-05')).toBe(true)
  expect(tellsClosing('截止时间为2026年12月15日', '2026-12-05')).toBe(false)
})
