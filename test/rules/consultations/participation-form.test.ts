import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  givenParticipation,
  participationForm,
  participationOf,
} from '../../../server/rules/consultations/participation-form.ts'
import { readRegions, writeRegions } from '../../../server/rules/consultations/regions.ts'

const closesOn = '2026-12-23'
const form = participationForm(closesOn)
const filled = {
  address: '太原市迎泽大街388号',
  postcode: '030001',
  phone: '0351-1234567',
  email: 'yijian@example.gov.cn',
  ask_name: 'required',
  ask_identity: 'optional',
  ask_organisation: 'hidden',
  ask_region: 'optional',
  ask_contact: 'optional',
  regions: '长治市：潞州区、武乡县\n省外',
  outcome_promised_on: '2027-01-20',
  offer_endorsements: '1',
}
const problems = (change: object) => form.errors(form.typed({ ...filled, ...change }))
const kept = (change: object) => {
  const { values } = form.read(form.typed({ ...filled, ...change }))
  return values && participationOf(values)
}

test('what is kept fills the form as it was typed', () => {
  const participation = kept({})
  expect(participation && givenParticipation(participation, closesOn)).toEqual(form.typed(filled))
})

test('nothing is offered besides comments unless it is ticked', () => {
  expect(kept({})).toMatchObject({ offers: ['endorsements'] })
  expect(kept({ offer_endorsements: '' })).toMatchObject({ offers: null })
})

test('without any offline channel none is kept', () => {
  const empty = { address: '', postcode: '', phone: '', email: '' }
  expect(kept(empty)).toMatchObject({ offlineChannels: null })
})

test('each field says what to do', () => {
  expect(problems({ postcode: '3001' })[0]?.message).toBe('邮政编码是六位数字')
  expect(problems({ email: 'yijian' })[0]?.message).toMatch(/^电子邮箱的写法不对/)
  expect(problems({ ask_name: 'maybe' })[0]?.message).toBe('请选择“姓名”怎样填写')
  expect(problems({ outcome_promised_on: '2026-12-23' })[0]?.message).toBe('公布结果的日期要晚于截止日期')
  expect(problems({ outcome_promised_on: '明年' })[0]?.message).toMatch(/^公布结果的日期写成/)
  expect(problems({ regions: '\0' })[0]?.message).toMatch(/^地区里有无法保存的字符/)
})

test('regions are read as they are written, and however people type them', () => {
  expect(readRegions('长治市: 潞州区，武乡县 沁县\n\n 省外 \n长治市：沁县')).toEqual([
    { name: '长治市', counties: ['潞州区', '武乡县', '沁县'] },
    { name: '省外', counties: [] },
  ])
  const name = fc.stringMatching(/^[一-龥]{1,6}$/)
  const region = fc.record({ name, counties: fc.uniqueArray(name, { maxLength: 5 }) })
  fc.assert(
    fc.property(fc.uniqueArray(region, { selector: ({ name }) => name }), (regions) => {
      expect(readRegions(writeRegions(regions))).toEqual(regions)
    }),
  )
})
